// A server as many are written: @nestjs/graphql, Apollo, TypeORM and DataLoader. One transaction for each request,
// with the context set in it, as row level security asks.
import 'reflect-metadata';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import {
  Args,
  Context,
  Field,
  GraphQLModule,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import DataLoader from 'dataloader';
import { Column, DataSource, Entity, PrimaryColumn, type EntityManager, type QueryRunner } from 'typeorm';

const { url, port, family } = JSON.parse(process.argv[2] ?? '{}');

@ObjectType()
@Entity('members')
class Member {
  @Field(() => ID) @PrimaryColumn('uuid') id: string;
  @Field() @Column('text') name: string;
}

@ObjectType()
@Entity('comments')
class Comment {
  @Field(() => ID) @PrimaryColumn('uuid', { default: () => 'gen_random_uuid()' }) id: string;
  @Column('uuid', { name: 'family_id' }) familyId: string;
  @Field(() => ID) @Column('uuid', { name: 'photo_id' }) photoId: string;
  @Field(() => ID) @Column('uuid', { name: 'author_id' }) authorId: string;
  @Field() @Column('text') body: string;
  @Field(() => Date) @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
}

@ObjectType()
@Entity('photos')
class Photo {
  @Field(() => ID) @PrimaryColumn('uuid') id: string;
  @Field(() => ID) @Column('uuid', { name: 'album_id' }) albumId: string;
  @Field(() => ID) @Column('uuid', { name: 'uploader_id' }) uploaderId: string;
  @Field() @Column('text') title: string;
  @Field(() => Int) @Column('int') width: number;
  @Field(() => Int) @Column('int') height: number;
  @Field(() => Date) @Column('timestamptz', { name: 'taken_at' }) takenAt: Date;
}

@InputType()
class NewComment {
  @Field(() => ID) photoId: string;
  @Field(() => ID) authorId: string;
  @Field() body: string;
  @Field(() => Date) createdAt: Date;
}

interface RequestContext {
  readonly runner: Promise<QueryRunner>;
  readonly members: DataLoader<string, Member | undefined>;
  readonly comments: DataLoader<string, Comment[]>;
}

const source = new DataSource({
  type: 'postgres',
  url,
  entities: [Member, Comment, Photo],
  extra: { max: 8 },
});

const managerOf = async ({ runner }: RequestContext): Promise<EntityManager> => (await runner).manager;

async function begin(): Promise<QueryRunner> {
  const runner = source.createQueryRunner();
  await runner.startTransaction();
  await runner.query(`select set_config('app.family_id', $1, true), set_config('app.role', 'adult', true)`, [
    family,
  ]);
  return runner;
}

function contextOf(): RequestContext {
  const runner = begin();
  const members = new DataLoader<string, Member | undefined>(async ids => {
    const found = await (
      await runner
    ).manager
      .createQueryBuilder(Member, 'm')
      .where('m.id in (:...ids)', { ids })
      .getMany();
    const byId = new Map(found.map(member => [member.id, member]));
    return ids.map(id => byId.get(id));
  });
  const comments = new DataLoader<string, Comment[]>(async ids => {
    const found = await (
      await runner
    ).manager
      .createQueryBuilder(Comment, 'c')
      .where('c.photoId in (:...ids)', { ids })
      .orderBy('c.createdAt', 'DESC')
      .getMany();
    return ids.map(id => found.filter(({ photoId }) => photoId === id));
  });
  return { runner, members, comments };
}

@Resolver(() => Photo)
class PhotoResolver {
  @Query(() => Photo, { nullable: true })
  async photo(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: RequestContext,
  ): Promise<Photo | null> {
    return (await managerOf(context)).findOneBy(Photo, { id });
  }

  @Query(() => [Photo])
  async photos(
    @Args('limit', { type: () => Int }) limit: number,
    @Context() context: RequestContext,
  ): Promise<Photo[]> {
    return (await managerOf(context)).find(Photo, { order: { takenAt: 'DESC' }, take: limit });
  }

  @ResolveField(() => Member)
  uploader(@Parent() photo: Photo, @Context() context: RequestContext): Promise<Member | undefined> {
    return context.members.load(photo.uploaderId);
  }

  @ResolveField(() => [Comment])
  async comments(
    @Parent() photo: Photo,
    @Args('limit', { type: () => Int }) limit: number,
    @Context() context: RequestContext,
  ): Promise<Comment[]> {
    return (await context.comments.load(photo.id)).slice(0, limit);
  }
}

@Resolver(() => Comment)
class CommentResolver {
  @Query(() => [Comment])
  async newest(
    @Args('limit', { type: () => Int }) limit: number,
    @Context() context: RequestContext,
  ): Promise<Comment[]> {
    return (await managerOf(context)).find(Comment, { order: { createdAt: 'DESC' }, take: limit });
  }

  @ResolveField(() => Member)
  author(@Parent() comment: Comment, @Context() context: RequestContext): Promise<Member | undefined> {
    return context.members.load(comment.authorId);
  }

  @Mutation(() => Comment)
  async addComment(
    @Args('comment') comment: NewComment,
    @Context() context: RequestContext,
  ): Promise<Comment> {
    const manager = await managerOf(context);
    return manager.save(manager.create(Comment, { ...comment, familyId: family }));
  }
}

/** Ends the transaction of a request before its answer leaves. */
const transactions = {
  requestDidStart: async () => ({
    willSendResponse: async ({
      contextValue,
      errors,
    }: {
      contextValue: unknown;
      errors?: readonly unknown[];
    }) => {
      const runner = await (contextValue as RequestContext).runner;
      await (errors ? runner.rollbackTransaction() : runner.commitTransaction());
      await runner.release();
    },
  }),
};

@Module({
  imports: [
    GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      autoSchemaFile: true,
      path: '/v1/graphql',
      context: contextOf,
      plugins: [transactions],
      introspection: false,
    }),
  ],
  providers: [PhotoResolver, CommentResolver],
})
class PeerModule {}

async function main(): Promise<void> {
  await source.initialize();
  const app = await NestFactory.create(PeerModule, { logger: false });
  await app.listen(port, '127.0.0.1');
}

void main();
