import { GraphQLInt, GraphQLList, type GraphQLObjectType } from 'graphql';
import type { Fields, MutationAnswer, ResponseItem } from '../../ir';
import type { TableModel } from '../../model';
import type { FieldRequest, Planned } from '../../planner';
import type { RoleContext } from '../context';
import { field, type FieldMap } from '../field';
import { required } from '../scalars';
import { planFields } from '../tables/plan-fields';
import { quoted } from './nouns';
import { changedRowType } from './reach';

/** What one member of a response is, before it has its alias. */
type ItemPlan = { readonly kind: 'affected-rows' } | { readonly kind: 'returning'; readonly fields: Fields };

/** `t_mutation_response`; without select permission there is nothing but the count in it. */
export function responseType(context: RoleContext, table: TableModel): GraphQLObjectType {
  return context.object(context.names.type(table.graphqlName, 'mutation_response'), () => ({
    description: `response of any mutation on the table ${quoted(table)}`,
    fields: () => ({ ...affectedRows(context), ...returning(context, table) }),
  }));
}

/** The answer that a client selected of a response. */
export function planResponse(context: RoleContext, table: TableModel, request: FieldRequest): MutationAnswer {
  const selection = request.selection(responseType(context, table));
  const items = selection.plan<ItemPlan | TypeName>(text => ({ kind: 'text', text }));
  return { kind: 'response', items: items.map(item) };
}

interface TypeName {
  readonly kind: 'text';
  readonly text: string;
}

function item({ alias, value }: Planned<ItemPlan | TypeName>): ResponseItem {
  return { alias, ...value };
}

function affectedRows({ names }: RoleContext): FieldMap {
  const plan = (request: FieldRequest): ItemPlan => {
    request.refuseSelection();
    return { kind: 'affected-rows' };
  };
  return {
    [names.field('affected_rows')]: field({
      type: required(GraphQLInt),
      description: 'number of rows affected by the mutation',
      plan,
    }),
  };
}

function returning(context: RoleContext, table: TableModel): FieldMap {
  const row = changedRowType(context, table);
  if (!row) return {};
  const plan = (request: FieldRequest): ItemPlan => ({
    kind: 'returning',
    fields: planFields(request.selection(row)),
  });
  const type = required(new GraphQLList(required(row)));
  return { returning: field({ type, description: 'data from the rows affected by the mutation', plan }) };
}

/** The answer that is the row itself, or null. */
export function planRowAnswer(row: GraphQLObjectType, request: FieldRequest): MutationAnswer {
  return { kind: 'row', fields: planFields(request.selection(row)) };
}
