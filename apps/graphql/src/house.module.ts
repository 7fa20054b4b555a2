import { Module } from '@nestjs/common';
import { EngineModule, LocalRateCounter, type ServiceOptions } from '@nself/graphql-engine';
import { IdentityModule, KeyRates, Revocations, TokenVerifier } from '@nself/identity';
import {
  adminDatabaseSettings,
  appDatabaseSettings,
  REDIS,
  RedisModule,
  type SettingsOf,
} from '@nself/kernel';
import type { Redis } from 'ioredis';
import { HouseTokens } from './authentication/house-tokens';
import { readAuthentication } from './authentication/settings';
import { openRunner } from './database/open-runner';
import { engineOptions } from './engine-options';
import { RedisAnswers, RedisRates } from './redis/redis-stores';
import { authenticationSettings, graphqlSettings } from './settings';

async function optionsOf(
  values: SettingsOf<typeof graphqlSettings>,
  authentication: SettingsOf<typeof authenticationSettings>,
  app: SettingsOf<typeof appDatabaseSettings>,
  admin: SettingsOf<typeof adminDatabaseSettings>,
  verifier: TokenVerifier,
  revocations: Revocations,
  rates: KeyRates,
  redis: Redis,
): Promise<ServiceOptions> {
  const { namedStatements, statementTimeout, connections, isolation } = values;
  const runner = await openRunner({
    url: app.url,
    adminUrl: admin.url,
    connections,
    adminConnections: admin.connections,
    namedStatements,
    statementTimeout,
    isolation,
  });
  const read = readAuthentication(authentication);
  const proof = {
    ...read,
    unauthorizedRole: read.unauthorizedRole ?? 'anonymous',
    own: new HouseTokens(verifier, revocations, rates),
  };
  return {
    ...engineOptions(values, proof, runner),
    onSessionsEnded: look => revocations.onRevoked(look),
    answers: new RedisAnswers(redis),
    rateCounter: new RedisRates(redis, new LocalRateCounter()),
  };
}

/** The engine as part of the house: our tokens, row level security, admin past the walls. */
@Module({
  imports: [
    IdentityModule.forRoot(),
    EngineModule.forRootAsync({
      imports: [RedisModule],
      inject: [
        graphqlSettings.token,
        authenticationSettings.token,
        appDatabaseSettings.token,
        adminDatabaseSettings.token,
        TokenVerifier,
        Revocations,
        KeyRates,
        REDIS,
      ],
      useFactory: optionsOf,
    }),
  ],
})
export class HouseModule {}
