import type { GraphQLInputObjectType } from 'graphql';
import type { TypeModel } from '../../model';
import type { RoleContext } from '../context';
import { inputField, type InputFieldMap } from '../field';
import { codecOf, pgTypes } from '../scalars';
import { planComparison, type ComparisonPlan } from './plan-condition';

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
  return {
    _cast: inputField<ComparisonPlan>({ type: castType(context, type, targets), plan: planComparison }),
  };
}

function castType(
  context: RoleContext,
  type: TypeModel,
  targets: readonly TypeModel[],
): GraphQLInputObjectType {
  return context.input(context.names.shared(codecOf(type).graphqlName, 'cast_exp'), () => ({
    fields: () =>
      Object.fromEntries(targets.map(target => [codecOf(target).graphqlName, castField(context, target)])),
  }));
}

function castField(context: RoleContext, target: TypeModel) {
  const plan: ComparisonPlan = (value, operand) =>
    planComparison(value, { kind: 'cast', operand, type: target });
  return inputField({ type: context.builders.comparison(context, target), plan });
}
