import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { plan, type Plan } from '../planner';
import type { RoleSchema } from '../schema';
import { documentOf } from './document';
import type { GraphqlRequest } from './request';
import { statementsOf } from './statements';

type Variables = Readonly<Record<string, unknown>>;

interface KeptPlan {
  readonly plan: Plan;
  readonly shape: string;
  /** Names of the variables that the operation declares. */
  readonly declared: ReadonlySet<string>;
}

const OPERATIONS = 2_000;
/** Plans of one operation, for as many shapes of its variables. */
const SHAPES = 32;
/** Holes of the largest plan that is kept: a bulk insert of thousands of rows rarely comes again in the same shape. */
const KEPT_HOLES = 2_000;
/** Letters of all kept queries together; a parsed document takes several times its text. */
const KEPT_LETTERS = 8 * 1024 * 1024;
const NO_VARIABLES: Variables = {};

/**
 * The plans of one role on one version of the model, found by the raw text of the query: a request that was seen
 * before is neither parsed nor validated nor planned. An operation has one plan for each shape of its variables.
 */
export class Operations {
  private readonly kept = new LRUCache<string, Operation>({
    max: OPERATIONS,
    maxSize: KEPT_LETTERS,
    sizeCalculation: (_, key) => key.length,
  });

  /** `admit` throws for what may not be asked at all; it is asked once for each document. */
  constructor(
    private readonly schema: RoleSchema,
    private readonly admit: (document: DocumentNode) => void,
  ) {}

  planOf({ query, operationName, variables = NO_VARIABLES }: GraphqlRequest): Plan {
    const key = operationName ? `${operationName}\0${query}` : query;
    const known = this.kept.get(key);
    if (known) return known.planOf(this.schema, variables);
    const document = documentOf(query);
    this.admit(document);
    const operation = new Operation(document, operationName);
    const made = operation.planOf(this.schema, variables);
    this.kept.set(key, operation);
    return made;
  }
}

class Operation {
  private readonly plans: KeptPlan[] = [];

  constructor(
    private readonly document: DocumentNode,
    private readonly name: string | null | undefined,
  ) {}

  planOf(schema: RoleSchema, variables: Variables): Plan {
    return this.find(variables) ?? this.make(schema, variables);
  }

  /** A plan's own `shapeOf` says whether it serves: what shapes a statement depends on the way that planning took. */
  private find(variables: Variables): Plan | undefined {
    for (const kept of this.plans) {
      if (kept.plan.shapeOf(variables) === kept.shape && onlyDeclared(kept, variables)) return kept.plan;
    }
    return undefined;
  }

  private make(schema: RoleSchema, variables: Variables): Plan {
    const made = plan(schema, this.document, this.name, variables);
    if (holesOf(made) > KEPT_HOLES) return made;
    this.plans.unshift({ plan: made, shape: made.shapeOf(variables), declared: declaredBy(made) });
    if (this.plans.length > SHAPES) this.plans.pop();
    return made;
  }
}

const holesOf = (made: Plan): number =>
  statementsOf(made).all.reduce((sum, { params }) => sum + params.length, 0);

const declaredBy = ({ node }: Plan): ReadonlySet<string> =>
  new Set(node.variableDefinitions?.map(({ variable }) => variable.name.value));

/** A variable that the operation does not declare must be refused, and planning does that. */
function onlyDeclared({ declared }: KeptPlan, variables: Variables): boolean {
  for (const name in variables) if (!declared.has(name)) return false;
  return true;
}
