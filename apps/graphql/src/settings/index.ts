export { authenticationSettings, graphqlSettings } from './graphql.settings';
