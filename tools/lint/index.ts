import { asPlatform } from './as-platform';
import { constructorSize } from './constructor-size';
import { directions } from './directions';
import { doors } from './doors';
import { environment } from './environment';
import { guarded } from './guarded';
import { lowerCaseSql } from './lower-case-sql';
import { noCycles } from './no-cycles';
import { outbound } from './outbound';
import { tenancyDoor } from './tenancy-door';

/** The rules of the house as an ESLint plugin. */
export const plugin = {
  meta: { name: 'nself' },
  rules: {
    'as-platform': asPlatform,
    'constructor-size': constructorSize,
    directions,
    doors,
    environment,
    guarded,
    'lower-case-sql': lowerCaseSql,
    'no-cycles': noCycles,
    outbound,
    'tenancy-door': tenancyDoor,
  },
};
