import {
  Kind,
  parse,
  print,
  type DefinitionNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
} from 'graphql';
import type { Metadata } from '../document';
import { MetadataFault, type JsonObject } from '../shapes';
import { ACTIONS_SDL_FILE } from './files';

/**
 * The CLI keeps actions in two files: `actions.graphql` says what they look like (as fields of Query and Mutation, with
 * the types that they use), `actions.yaml` says what they do (handler, headers, permissions) and what SDL cannot say about
 * the types. The document holds both as one; this is the seam between them.
 */
interface Written {
  readonly actions?: readonly Record<string, unknown>[];
  readonly custom_types?: Readonly<Record<string, readonly Record<string, unknown>[]>>;
}

type Named = Readonly<Record<string, unknown>> & { readonly name: string };

/** One document out of the two files. @throws MetadataFault when the SDL cannot be read or an action lacks its field. */
export function mergeActions(written: unknown, sdl: string): object {
  const { actions = [], custom_types = {} } = (written ?? {}) as Written;
  const declared = declarationsOf(sdl);
  const merged = actions.map(action => mergeAction(action, declared.actions));
  const types = Object.fromEntries(
    Object.entries(declared.types).map(([kind, list]) => [kind, mergeTypes(list, custom_types[kind] ?? [])]),
  );
  const used = Object.entries(types).filter(([, list]) => list.length > 0);
  return {
    ...(merged.length > 0 ? { actions: merged } : {}),
    ...(used.length > 0 ? { custom_types: Object.fromEntries(used) } : {}),
  };
}

/** The two files out of one document. */
export function splitActions({ actions = [], custom_types = {} }: Metadata): { sdl: string; rest: object } {
  const { objects = [], input_objects = [], scalars = [], enums = [] } = custom_types;
  const fields = actions.map(actionText);
  const types = [
    ...enums.map(one => typeText('enum', one, one.values.map(valueText))),
    ...input_objects.map(one => typeText('input', one, one.fields.map(fieldText))),
    ...objects.map(one => typeText('type', one, one.fields.map(fieldText))),
    ...scalars.map(one => `${descriptionText(one, '')}scalar ${one.name}`),
  ];
  const sdl = [...fields, ...types].join('\n\n');
  const names = (list: readonly { readonly name: string }[]): object[] => list.map(({ name }) => ({ name }));
  return {
    sdl: sdl && `${sdl}\n`,
    rest: {
      actions: actions.map(({ definition, ...action }) => {
        const { arguments: _arguments, output_type: _output, type: _type, ...behaviour } = definition;
        return { ...action, definition: behaviour };
      }),
      custom_types: {
        enums: names(enums),
        input_objects: names(input_objects),
        objects: objects.map(({ name, relationships }) => ({
          name,
          ...(relationships ? { relationships } : {}),
        })),
        scalars: names(scalars),
      },
    },
  };
}

interface Declarations {
  readonly actions: ReadonlyMap<string, object>;
  readonly types: Readonly<Record<string, Named[]>>;
}

function declarationsOf(sdl: string): Declarations {
  const actions = new Map<string, object>();
  const types: Record<string, Named[]> = { input_objects: [], objects: [], scalars: [], enums: [] };
  for (const definition of parsed(sdl)) {
    const root = rootOf(definition);
    if (root)
      for (const field of root.fields) actions.set(field.name.value, declaredAction(field, root.type));
    else declareType(definition, types);
  }
  return { actions, types };
}

function parsed(sdl: string): readonly DefinitionNode[] {
  if (!sdl.trim()) return [];
  try {
    return parse(sdl, { noLocation: true }).definitions;
  } catch (error) {
    throw new MetadataFault([ACTIONS_SDL_FILE], (error as Error).message);
  }
}

function rootOf(
  node: DefinitionNode,
): { type: 'query' | 'mutation'; fields: readonly FieldDefinitionNode[] } | undefined {
  const isObject = node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION;
  if (!isObject || !['Query', 'Mutation'].includes(node.name.value)) return undefined;
  return { type: node.name.value === 'Query' ? 'query' : 'mutation', fields: node.fields ?? [] };
}

function declaredAction({ arguments: given = [], type }: FieldDefinitionNode, kind: string): object {
  return { arguments: given.map(inputOf), output_type: print(type), type: kind };
}

function declareType(node: DefinitionNode, types: Record<string, Named[]>): void {
  if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) {
    types.input_objects?.push({
      name: node.name.value,
      ...described(node),
      fields: (node.fields ?? []).map(inputOf),
    });
  } else if (node.kind === Kind.OBJECT_TYPE_DEFINITION) {
    types.objects?.push({
      name: node.name.value,
      ...described(node),
      fields: (node.fields ?? []).map(inputOf),
    });
  } else if (node.kind === Kind.SCALAR_TYPE_DEFINITION) {
    types.scalars?.push({ name: node.name.value, ...described(node) });
  } else if (node.kind === Kind.ENUM_TYPE_DEFINITION) {
    types.enums?.push({
      name: node.name.value,
      ...described(node),
      values: (node.values ?? []).map(valueOf),
    });
  }
}

function inputOf(node: InputValueDefinitionNode | FieldDefinitionNode): Named {
  return { name: node.name.value, type: print(node.type), ...described(node) };
}

function valueOf(node: EnumValueDefinitionNode): object {
  const deprecated = node.directives?.some(({ name }) => name.value === 'deprecated');
  return { value: node.name.value, ...described(node), ...(deprecated && { is_deprecated: true }) };
}

function described(node: { description?: { value: string } }): object {
  return node.description ? { description: node.description.value } : {};
}

function mergeAction(action: Record<string, unknown>, declared: ReadonlyMap<string, object>): object {
  const declaration = declared.get(String(action.name));
  if (!declaration) {
    throw new MetadataFault([ACTIONS_SDL_FILE], `the action ${String(action.name)} is not declared`);
  }
  return { ...action, definition: { ...(action.definition as object), ...declaration } };
}

function mergeTypes(declared: readonly Named[], written: readonly Record<string, unknown>[]): object[] {
  return declared.map(type => ({ ...written.find(({ name }) => name === type.name), ...type }));
}

type Action = NonNullable<Metadata['actions']>[number];

function actionText({ name, definition }: Action): string {
  const given = (definition.arguments ?? []).map(one => indented(fieldText(one)));
  const parameters = given.length > 0 ? `(\n${given.join('\n')}\n  )` : '';
  const root = definition.type === 'query' ? 'Query' : 'Mutation';
  return `type ${root} {\n  ${name}${parameters}: ${definition.output_type}\n}`;
}

interface Described {
  readonly description?: unknown;
}

function typeText(
  keyword: string,
  type: Described & { readonly name: string },
  members: readonly string[],
): string {
  return `${descriptionText(type, '')}${keyword} ${type.name} {\n${members.join('\n')}\n}`;
}

const fieldText = (field: Described & { readonly name: string; readonly type: string }): string =>
  `${descriptionText(field, '  ')}  ${field.name}: ${field.type}`;

const valueText = (one: JsonObject): string =>
  `${descriptionText(one, '  ')}  ${String(one['value'])}${one['is_deprecated'] === true ? ' @deprecated' : ''}`;

/** On a line of its own, as a string: a block would lose spaces at its ends. */
function descriptionText({ description }: Described, indent: string): string {
  if (typeof description !== 'string') return '';
  return `${indent}${print({ kind: Kind.STRING, value: description })}\n`;
}

const indented = (text: string): string => text.replaceAll(/^/gm, '  ');
