import type { Belongings, Caller, Household } from './household';

/** What the control of a route needs for itself, because the route uses it up. */
export type Fresh = Partial<Belongings> & { readonly caller?: Caller };

/** How a route is asked for something of a family: of one's own, as the control, or of somebody else's. */
export interface Case {
  /** What stands in the places of the path, in order. */
  readonly path?: (of: Belongings) => readonly string[];
  readonly query?: (of: Belongings) => Readonly<Record<string, string>>;
  readonly json?: (of: Belongings) => object;
  /** Text fields of a multipart body that also carries a picture. */
  readonly form?: (of: Belongings) => Readonly<Record<string, string>>;
  /** Asked without a token; by the owner of the family unless said otherwise. */
  readonly as?: 'nobody';
  readonly fresh?: (family: Household) => Promise<Fresh>;
  /** Why nobody is shown to succeed here. */
  readonly unshown?: string;
  /** Why naming somebody else's is answered as naming one's own. */
  readonly alike?: string;
}

/** By the name of the route: `POST auth /v1/families`. */
export type Cases = Readonly<Record<string, Case>>;
