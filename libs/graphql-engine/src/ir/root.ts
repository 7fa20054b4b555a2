import type { Aggregate } from './aggregate';
import type { Connection } from './connection';
import type { Mutation, MutationList } from './mutation';
import type { Select, Stream } from './select';

/** What one root field asks for; each becomes one answer. */
export type RootNode = Select | Aggregate | Connection | Stream | Mutation | MutationList;
