import { Module } from '@nestjs/common';
import { EngineModule, type ServiceOptions } from '@nself/graphql-engine';
import { StartError, type SettingsOf } from '@nself/kernel';
import { readAuthentication } from './authentication/settings';
import { openRunner } from './database/open-runner';
import { engineOptions } from './engine-options';
import { authenticationSettings, graphqlSettings } from './settings';

type Values = SettingsOf<typeof graphqlSettings>;

async function optionsOf(
  values: Values,
  authentication: SettingsOf<typeof authenticationSettings>,
): Promise<ServiceOptions> {
  const { connections, namedStatements, statementTimeout, isolation } = values;
  const url = values.databaseUrl ?? values.metadataDatabaseUrl;
  if (url === undefined) {
    throw new StartError(
      'HASURA_GRAPHQL_DATABASE_URL is missing.',
      'Give the address of a Postgres: postgres://...',
    );
  }
  const proof = readAuthentication(authentication);
  const limits = { connections, adminConnections: connections, namedStatements, statementTimeout, isolation };
  return engineOptions(values, proof, await openRunner({ url, adminUrl: url, ...limits }));
}

/** The engine by itself on any Postgres, as one would run the hasura/graphql-engine image. */
@Module({
  imports: [
    EngineModule.forRootAsync({
      inject: [graphqlSettings.token, authenticationSettings.token],
      useFactory: optionsOf,
    }),
  ],
})
export class AloneModule {}
