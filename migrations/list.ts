import { Foundation1763600010000 } from './1763600010000-foundation';
import { Accounts1763600020000 } from './1763600020000-accounts';
import { Families1763600030000 } from './1763600030000-families';
import { Sessions1763600040000 } from './1763600040000-sessions';
import { Audit1763600050000 } from './1763600050000-audit';
import { Jobs1763600060000 } from './1763600060000-jobs';
import { Operations1763600070000 } from './1763600070000-operations';
import { Storage1763600080000 } from './1763600080000-storage';
import { Kinship1763600085000 } from './1763600085000-kinship';
import { Feed1763600090000 } from './1763600090000-feed';
import { Media1763600100000 } from './1763600100000-media';
import { Streams1763600110000 } from './1763600110000-streams';
import { ObjectLedger1763600112000 } from './1763600112000-object-ledger';
import { Genealogy1763600120000 } from './1763600120000-genealogy';
import { Events1763600130000 } from './1763600130000-events';
import { Trips1763600140000 } from './1763600140000-trips';
import { Recipes1763600150000 } from './1763600150000-recipes';
import { Chat1763600160000 } from './1763600160000-chat';
import { Notifications1763600170000 } from './1763600170000-notifications';
import { Vaults1763600180000 } from './1763600180000-vaults';
import { VaultStates1763600190000 } from './1763600190000-vault-states';
import { Succession1763600200000 } from './1763600200000-succession';
import { LiveEvents1763600210000 } from './1763600210000-live-events';
import { Search1763600220000 } from './1763600220000-search';
import { Activity1763600230000 } from './1763600230000-activity';
import { DisabledAccounts1763600240000 } from './1763600240000-disabled-accounts';
import { Records1763600250000 } from './1763600250000-records';
import { ProvenAddresses1763600260000 } from './1763600260000-proven-addresses';
import { AuditPages1763600270000 } from './1763600270000-audit-pages';
import { Standing1763600280000 } from './1763600280000-standing';

/** Every migration, in the order in which they run. A new one goes to the end. */
export const migrations = [
  Foundation1763600010000,
  Accounts1763600020000,
  Families1763600030000,
  Sessions1763600040000,
  Audit1763600050000,
  Jobs1763600060000,
  Operations1763600070000,
  Storage1763600080000,
  Kinship1763600085000,
  Feed1763600090000,
  Media1763600100000,
  Streams1763600110000,
  ObjectLedger1763600112000,
  Genealogy1763600120000,
  Events1763600130000,
  Trips1763600140000,
  Recipes1763600150000,
  Chat1763600160000,
  Notifications1763600170000,
  Vaults1763600180000,
  VaultStates1763600190000,
  Succession1763600200000,
  LiveEvents1763600210000,
  Search1763600220000,
  Activity1763600230000,
  DisabledAccounts1763600240000,
  Records1763600250000,
  ProvenAddresses1763600260000,
  AuditPages1763600270000,
  Standing1763600280000,
];
