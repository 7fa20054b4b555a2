import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

/** Nhost's own OpenAPI file, beside the checkout. */
const CONTRACT = join(__dirname, '..', '..', '..', '..', 'shared', 'openapi', 'nhost-auth.yaml');
const contractIsThere = existsSync(CONTRACT);

/** `it` where the contract is; elsewhere the test is skipped and its name says why, and no answer is judged. */
export const itWithContract = (name: string, test: () => void): void =>
  contractIsThere ? it(name, test) : withoutContract(`${name} (there is no contract at ${CONTRACT})`, test);

const withoutContract = contractIsThere ? it : it.skip;

type Tree = Record<string, unknown>;

interface Operation {
  operationId: string;
  responses: Record<string, { content?: Record<string, { schema?: unknown }> }>;
}

interface Route {
  id: string;
  method: string;
  path: string;
  pattern: RegExp;
  pointer: string;
  operation: Operation;
}

/** An answer that does not fit: what was asked, and how it differs. */
export interface Breach {
  operation: string;
  status: number;
  errors: unknown;
  body: unknown;
}

/** The contract with our written overlay; judges answers. */
export class Contract {
  private readonly ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
  private readonly validators = new Map<string, ValidateFunction>();
  private readonly routes: Route[];

  constructor() {
    const overlay = load(join(__dirname, 'overlay.yaml'));
    const file = contractIsThere ? load(CONTRACT) : {};
    const document = merge(file, overlay);
    this.ajv.addSchema(document, 'contract');
    this.routes = contractIsThere ? routesOf(document) : [];
  }

  /** Every operation by its id. */
  get operations(): string[] {
    return this.routes.map(route => route.id);
  }

  /** Method and path of each operation, such as `POST /token`. */
  get routesById(): Record<string, string> {
    return Object.fromEntries(
      this.routes.map(({ id, method, path }) => [id, `${method.toUpperCase()} ${path}`]),
    );
  }

  /** The operation of a request, by method and path below `/v1`. */
  operationOf(method: string, path: string): string | undefined {
    return this.routeOf(method, path)?.id;
  }

  /** What is wrong with an answer; nothing when it fits, or when it belongs to no operation of the contract. */
  judge(method: string, path: string, status: number, body: unknown): Breach | undefined {
    const route = this.routeOf(method, path);
    if (!route) return undefined;
    const validate = this.validatorFor(route, status);
    if (!validate || validate(body)) return undefined;
    return { operation: route.id, status, errors: validate.errors, body };
  }

  private routeOf(method: string, path: string): Route | undefined {
    return this.routes.find(route => route.method === method.toLowerCase() && route.pattern.test(path));
  }

  private validatorFor(route: Route, status: number): ValidateFunction | undefined {
    const word = route.operation.responses[String(status)] ? String(status) : 'default';
    if (!route.operation.responses[word]?.content?.['application/json']?.schema) return undefined;
    const pointer = `${route.pointer}/responses/${word}/content/application~1json/schema`;
    const known = this.validators.get(pointer) ?? this.ajv.compile({ $ref: `contract#${pointer}` });
    this.validators.set(pointer, known);
    return known;
  }
}

const load = (file: string): Tree => parse(readFileSync(file, 'utf8'), { merge: true }) as Tree;

function routesOf(document: Tree): Route[] {
  const paths = document['paths'] as Record<string, Record<string, Operation>>;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => 'operationId' in operation)
      .map(([method, operation]) => ({
        id: operation.operationId,
        method,
        path,
        operation,
        pattern: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
        pointer: `/paths/${path.replaceAll('~', '~0').replaceAll('/', '~1').replace(/[{}]/g, encodeURIComponent)}/${method}`,
      })),
  );
}

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Maps are merged, lists and alternatives replaced, and what the overlay empties is left out. */
function merge(base: Tree, over: Tree): Tree {
  const kept = Object.entries(base).filter(([key]) => over[key] !== null);
  const laid = Object.entries(over).filter(([, value]) => value !== null);
  const merged = laid.map(([key, value]) => [key, layered(base[key], value)] as const);
  return { ...Object.fromEntries(kept), ...Object.fromEntries(merged) };
}

const layered = (old: unknown, value: unknown): unknown =>
  isTree(old) && isTree(value) && !('oneOf' in value) ? merge(old, value) : value;
