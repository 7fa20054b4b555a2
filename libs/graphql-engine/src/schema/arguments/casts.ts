import type { GraphQLInputObjectType } from 'graphql';
import { and, type BoolExp, type Operand } from '../../ir';
import type { TypeModel } from '../../model/types';
import type { Input } from '../../planner/input';
import type { RoleContext } from '../context';
import { inputField, plannedMembers, type InputFieldMap } from '../field';
import { codecOf, pgTypes } from '../scalars';
import { comparisonType, planComparison, type ComparisonPlan } from './comparison';

/** Types that a column can be seen as before it is compared. */
function targetsOf(type: TypeModel): readonly TypeModel[] {
  switch (type.name) {
    case 'jsonb':
      return [pgTypes.text];
    case 'geometry':
      return [{ ...type, name: 'geography' }];
    case 'geography':
      return [{ ...type, name: 'geometry' }];
    default:
      return [];
  }
}

/** `_cast: { String: { _like: "..." } }` on types that have casts. */
export function castsOf(context: RoleContext, type: TypeModel): InputFieldMap {
  const targets = targetsOf(type);
  if (targets.length === 0) return {};
  const plan: ComparisonPlan = (value, operand) => planCasts(value, operand);
  return { _cast: inputField({ type: castType(context, type, targets), plan }) };
}

function castType(context: RoleContext, type: TypeModel, targets: readonly TypeModel[]): GraphQLInputObjectType {
  return context.input(context.names.shared(codecOf(type).graphqlName, 'cast_exp'), () => ({
    fields: () => Object.fromEntries(targets.map(target => [codecOf(target).graphqlName, castField(context, target)])),
  }));
}

function castField(context: RoleContext, target: TypeModel) {
  const plan: ComparisonPlan = (value, operand) => planComparison(value, { kind: 'cast', operand, type: target });
  return inputField({ type: comparisonType(context, target), plan });
}

function planCasts(input: Input, operand: Operand): BoolExp {
  return and(...plannedMembers<ComparisonPlan>(input).map(({ value, plan }) => plan(value, operand)));
}
