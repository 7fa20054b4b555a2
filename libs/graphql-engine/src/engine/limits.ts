import type { ApiLimits } from '@nself/hasura-metadata';
import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import { EngineError, isAdmin, type ErrorCode, type Session } from '../executor';

interface Limit<T> {
  readonly global: T;
  readonly per_role?: Readonly<Record<string, T>>;
}

/**
 * Hasura's `api_limits`: how deep and how wide a request may be, how many may be sent together, how long it may take.
 * A role's own limit goes before the one for all; the admin has none.
 */
export class Limits {
  constructor(private readonly limits: ApiLimits | undefined) {}

  /** @throws EngineError when the document is deeper or has more nodes than the role may ask for */
  admit(document: DocumentNode, session: Session): void {
    const depth = this.of('depth_limit', session);
    const nodes = this.of('node_limit', session);
    if (depth === undefined && nodes === undefined) return;
    const size = sizeOf(document);
    refuseAbove(size.depth, depth, 'depth-limit-exceeded', 'depth');
    refuseAbove(size.nodes, nodes, 'node-limit-exceeded', 'number of nodes');
  }

  admitBatch(requests: number, session: Session): void {
    refuseAbove(
      requests,
      this.of('batch_limit', session),
      'batch-limit-exceeded',
      'number of requests in a batch',
    );
  }

  /** Milliseconds that a request of this role may take in the database. */
  timeoutMs(session: Session): number | undefined {
    const seconds = this.of('time_limit', session);
    return seconds === undefined ? undefined : seconds * 1000;
  }

  private of(
    name: 'depth_limit' | 'node_limit' | 'batch_limit' | 'time_limit',
    session: Session,
  ): number | undefined {
    return this.limits?.disabled ? undefined : pick<number>(this.limits?.[name], session);
  }

  rate(
    session: Session,
  ): { readonly max_reqs_per_min: number; readonly unique_params?: unknown } | undefined {
    return this.limits?.disabled ? undefined : pick(this.limits?.rate_limit, session);
  }
}

function pick<T>(limit: Limit<T> | undefined, session: Session): T | undefined {
  if (limit === undefined || isAdmin(session)) return undefined;
  return limit.per_role && Object.hasOwn(limit.per_role, session.role)
    ? limit.per_role[session.role]
    : limit.global;
}

function refuseAbove(value: number, limit: number | undefined, code: ErrorCode, what: string): void {
  if (limit === undefined || value <= limit) return;
  throw new EngineError(code, `the ${what} of the request is ${value}, and the limit is ${limit}`);
}

interface Size {
  /** Levels of fields, the root fields being the first. */
  readonly depth: number;
  /** Fields that have fields of their own. */
  readonly nodes: number;
}

/** The size of the largest operation, fragments spread out. */
function sizeOf(document: DocumentNode): Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const measure = new Measure(fragments);
  let depth = 0;
  let nodes = 0;
  for (const node of document.definitions) {
    if (node.kind !== Kind.OPERATION_DEFINITION) continue;
    const size = measure.of(node.selectionSet);
    depth = Math.max(depth, size.depth);
    nodes = Math.max(nodes, size.nodes);
  }
  return { depth, nodes };
}

/** Measures each fragment once, so that fragments of fragments cannot make the measuring itself expensive. */
class Measure {
  private readonly known = new Map<string, Size>();

  constructor(private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>) {}

  of(set: SelectionSetNode | undefined): Size {
    let depth = 0;
    let nodes = 0;
    for (const selection of set?.selections ?? []) {
      const size =
        selection.kind === Kind.FIELD
          ? this.field(selection.selectionSet)
          : selection.kind === Kind.INLINE_FRAGMENT
            ? this.of(selection.selectionSet)
            : this.fragment(selection.name.value);
      depth = Math.max(depth, size.depth);
      nodes += size.nodes;
    }
    return { depth, nodes };
  }

  private field(set: SelectionSetNode | undefined): Size {
    const inside = this.of(set);
    return { depth: inside.depth + 1, nodes: inside.nodes + (set ? 1 : 0) };
  }

  private fragment(name: string): Size {
    const known = this.known.get(name);
    if (known) return known;
    this.known.set(name, { depth: 0, nodes: 0 }); // A fragment that spreads itself is refused by planning.
    const size = this.of(this.fragments.get(name)?.selectionSet);
    this.known.set(name, size);
    return size;
  }
}
