import {
  GraphQLBoolean,
  GraphQLInputObjectType,
  GraphQLList,
  GraphQLNonNull,
  type GraphQLInputType,
  type GraphQLNullableType,
} from 'graphql';
import { always, not, or, type BoolExp, type Encode, type Operand, type Operator } from '../../ir';
import type { ColumnModel, TypeModel } from '../../model';
import type { Input } from '../../planner';
import type { RoleContext } from '../context';
import { inputField, type InputFieldMap } from '../field';
import { codecOf, columnTypeOf, encodeText, pgTypes, scalarNamed, typeOf } from '../scalars';
import { castsOf } from './casts';
import type { ComparisonPlan } from './plan-condition';
import { equality, operatorsOf, type OperatorSpec, type RightSide } from './operators';
import { distanceOperators } from './spatial';

/** Comparisons of a column: those of its enum table, else those of its type. */
export function columnComparisonType(context: RoleContext, column: ColumnModel): GraphQLInputObjectType {
  const type = columnTypeOf(context, column);
  const isEnum = column.enumTable !== undefined && 'name' in type && 'getValues' in type;
  return isEnum ? enumComparisonType(context, type) : comparisonType(context, column.type);
}

/** `Int_comparison_exp` and its kin. Types of one scalar name share one comparison. */
export function comparisonType(context: RoleContext, type: TypeModel): GraphQLInputObjectType {
  const { graphqlName } = codecOf(type);
  const isArray = type.kind === 'array';
  const name = context.names.shared(graphqlName, isArray ? 'array_comparison_exp' : 'comparison_exp');
  return context.input(name, () => ({
    description: describe(graphqlName),
    fields: () => comparisonFields(context, type),
  }));
}

function enumComparisonType(
  context: RoleContext,
  type: GraphQLInputType & { name: string },
): GraphQLInputObjectType {
  return context.input(context.names.shared(type.name, 'comparison_exp'), () => ({
    description: describe(type.name),
    fields: () => ({
      ...Object.fromEntries(
        equality.map(one => [context.names.field(one.field), enumOperator(context, type, one)]),
      ),
      ...isNullField(context),
    }),
  }));
}

const describe = (name: string) =>
  `Boolean expression to compare columns of type "${name}". All fields are combined with logical 'AND'.`;

function comparisonFields(context: RoleContext, type: TypeModel): InputFieldMap {
  const operators = operatorsOf(type).map(spec => [
    context.names.field(spec.field),
    operatorField(context, type, spec),
  ]);
  return {
    ...(Object.fromEntries(operators) as InputFieldMap),
    ...isNullField(context),
    ...castsOf(context, type),
    ...distanceOperators(context, type),
  };
}

function isNullField(context: RoleContext): InputFieldMap {
  const plan: ComparisonPlan = (value, operand) => {
    if (value.isNull && context.model.options.nullsAreTrue) return always;
    return { kind: 'is-null', operand, negated: !value.boolean() };
  };
  return { [context.names.field('_is_null')]: inputField({ type: GraphQLBoolean, plan }) };
}

function operatorField(
  context: RoleContext,
  type: TypeModel,
  { operator, right, description }: OperatorSpec,
) {
  const plan: ComparisonPlan = (value, operand) => {
    if (value.isNull && context.model.options.nullsAreTrue) return always;
    if (right === 'list' && operand.type.kind === 'array')
      return compareEach(value, operand, operator === 'nin');
    const wanted = rightType(operand.type, right);
    return { kind: 'compare', left: operand, operator, right: value.param(wanted.type, wanted.encode) };
  };
  return inputField({ type: rightGraphqlType(context, type, right), description, plan });
}

// Arrays of arrays are one flat kind of array to Postgres, so membership is spelled out.
function compareEach(value: Input, operand: Operand, negated: boolean): BoolExp {
  const { encode } = codecOf(operand.type);
  const any = or(...value.items().map(item => equals(operand, item, operand.type, encode)));
  return negated ? not(any) : any;
}

function equals(left: Operand, value: Input, type: TypeModel, encode: Encode): BoolExp {
  return { kind: 'compare', left, operator: 'eq', right: value.param(type, encode) };
}

function enumOperator(context: RoleContext, type: GraphQLInputType, { operator, right }: OperatorSpec) {
  const item = new GraphQLNonNull(type as GraphQLNullableType) as GraphQLInputType;
  const plan: ComparisonPlan = (value, operand) => {
    if (value.isNull && context.model.options.nullsAreTrue) return always;
    const values = (right === 'list' ? value.items() : [value]).map(one => enumEquals(one, operand));
    return operator === 'ne' || operator === 'nin' ? not(or(...values)) : or(...values);
  };
  return inputField({ type: right === 'list' ? new GraphQLList(item) : type, plan });
}

function enumEquals(value: Input, operand: Operand): BoolExp {
  const right = value.enumParam(operand.type);
  return { kind: 'compare', left: operand, operator: 'eq' satisfies Operator, right };
}

function rightType(type: TypeModel, right: RightSide): { type: TypeModel; encode: Encode } {
  const scalar = (name: string) => ({ type: { ...type, name }, encode: encodeText(name) });
  const listOf = (element: TypeModel) => ({
    type: pgTypes.arrayOf(element),
    encode: codecOf(element).encodeMembers,
  });
  switch (right) {
    case 'same':
      return { type, encode: codecOf(type).encode };
    case 'list':
      return listOf(type);
    case 'text':
      return { type: pgTypes.text, encode: codecOf(pgTypes.text).encode };
    case 'texts':
      return listOf(pgTypes.text);
    case 'jsonpath':
      return { type: { ...type, name: right }, encode: codecOf(pgTypes.text).encode };
    case 'lqueries':
      return listOf({ ...type, name: 'lquery' });
    default:
      return scalar(right);
  }
}

function rightGraphqlType(context: RoleContext, type: TypeModel, right: RightSide): GraphQLInputType {
  switch (right) {
    case 'same':
      return typeOf(context, type);
    case 'list':
      return new GraphQLList(new GraphQLNonNull(typeOf(context, type)));
    case 'text':
    case 'jsonpath':
      return scalarNamed(context, 'String');
    case 'texts':
      return new GraphQLList(new GraphQLNonNull(scalarNamed(context, 'String')));
    case 'lqueries':
      return new GraphQLList(new GraphQLNonNull(scalarNamed(context, 'lquery')));
    default:
      return scalarNamed(context, right);
  }
}
