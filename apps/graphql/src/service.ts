import { identitySettings } from '@nself/identity';
import {
  adminDatabaseSettings,
  appDatabaseSettings,
  loadSettings,
  redisSettings,
  type Environment,
  type ServiceDefinition,
} from '@nself/kernel';
import { AloneModule } from './alone.module';
import { HouseModule } from './house.module';
import { authenticationSettings, graphqlSettings } from './settings';

const OWN = [graphqlSettings, authenticationSettings];
const HOUSE = [...OWN, appDatabaseSettings, adminDatabaseSettings, identitySettings, redisSettings];

/**
 * The GraphQL service: part of the house when the house's database is named, else the engine by itself.
 *
 * @throws SettingsError when the environment is not right
 */
export function graphqlService(env?: Environment): ServiceDefinition {
  const { houseDatabaseUrl, databaseUrl } = loadSettings(OWN, env).get(graphqlSettings);
  const house = houseDatabaseUrl !== undefined && databaseUrl === undefined;
  return {
    name: 'graphql',
    module: house ? HouseModule : AloneModule,
    settings: house ? HOUSE : OWN,
    port: settings => settings.get(graphqlSettings).port,
  };
}
