import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLInt,
  GraphQLNonNull,
  type GraphQLInputObjectType,
} from 'graphql';
import type { Operand, Operator, Param, Value } from '../../ir';
import type { TypeModel } from '../../model';
import type { Input } from '../../planner';
import type { RoleContext } from '../context';
import { inputField, type InputFieldMap } from '../field';
import { codecOf, pgTypes, scalarNamed } from '../scalars';
import type { ComparisonPlan } from './plan-condition';

/** PostGIS operators that take more than one value: distances, and rasters with a band. */
export function distanceOperators(context: RoleContext, type: TypeModel): InputFieldMap {
  switch (type.name) {
    case 'geometry':
      return {
        _st_d_within: within(
          context,
          type,
          'st-d-within',
          'is the column within a given distance from the given geometry value',
        ),
        _st_3d_d_within: within(
          context,
          type,
          'st-3d-d-within',
          'is the column within a given 3D distance from the given geometry value',
        ),
      };
    case 'geography':
      return {
        _st_d_within: within(
          context,
          type,
          'st-d-within',
          'is the column within a given distance from the given geography value',
        ),
      };
    case 'raster':
      return rasterOperators(context, type);
    default:
      return {};
  }
}

function within(context: RoleContext, type: TypeModel, operator: Operator, description: string) {
  const plan: ComparisonPlan = (value, operand) => {
    const fields = value.fields();
    const spheroid =
      type.name === 'geography' ? [paramOr(fields.get('use_spheroid'), pgTypes.bool, true)] : [];
    const rest: Value[] = [need(fields.get('distance'), pgTypes.float8), ...spheroid];
    return { kind: 'compare', left: operand, operator, right: need(fields.get('from'), operand.type), rest };
  };
  return inputField({ type: withinType(context, type), description, plan });
}

function withinType(context: RoleContext, type: TypeModel): GraphQLInputObjectType {
  const name = type.name === 'geography' ? 'st_d_within_geography_input' : 'st_d_within_input';
  return context.input(context.names.shared('', name), () => ({
    fields: () => ({
      distance: { type: new GraphQLNonNull(GraphQLFloat) },
      from: { type: new GraphQLNonNull(scalarNamed(context, type.name)) },
      ...(type.name === 'geography' && { use_spheroid: { type: GraphQLBoolean, defaultValue: true } }),
    }),
  }));
}

function rasterOperators(context: RoleContext, type: TypeModel): InputFieldMap {
  const geometry = { ...type, name: 'geometry' };
  const simple: ComparisonPlan = (value, operand) =>
    compare(operand, 'st-intersects-rast', need(value, operand.type), []);
  return {
    _st_intersects_rast: inputField({ type: scalarNamed(context, 'raster'), plan: simple }),
    _st_intersects_geom_nband: inputField({
      type: rasterInput(context, 'st_intersects_geom_nband_input', false),
      plan: rasterPlan('st-intersects-geom-nband', geometry),
    }),
    _st_intersects_nband_geom: inputField({
      type: rasterInput(context, 'st_intersects_nband_geom_input', true),
      plan: rasterPlan('st-intersects-nband-geom', geometry),
    }),
  };
}

function rasterInput(context: RoleContext, name: string, bandRequired: boolean): GraphQLInputObjectType {
  return context.input(context.names.shared('', name), () => ({
    fields: () => ({
      geommin: { type: new GraphQLNonNull(scalarNamed(context, 'geometry')) },
      nband: { type: bandRequired ? new GraphQLNonNull(GraphQLInt) : GraphQLInt },
    }),
  }));
}

function rasterPlan(operator: Operator, geometry: TypeModel): ComparisonPlan {
  return (value, operand) => {
    const fields = value.fields();
    const band = fields.get('nband');
    return compare(
      operand,
      operator,
      need(fields.get('geommin'), geometry),
      band ? [need(band, pgTypes.int4)] : [],
    );
  };
}

function compare(left: Operand, operator: Operator, right: Value, rest: readonly Value[]) {
  return { kind: 'compare', left, operator, right, rest } as const;
}

function need(value: Input | undefined, type: TypeModel): Param {
  if (!value) throw new TypeError('a required member is always there');
  return value.param(type, codecOf(type).encode);
}

function paramOr(value: Input | undefined, type: TypeModel, otherwise: boolean): Param {
  const source = { from: 'constant', value: otherwise } as const;
  if (value) return value.param(type, codecOf(type).encode);
  return {
    kind: 'param',
    source,
    type,
    encode: codecOf(type).encode,
    path: '$',
    key: `${type.name}:${otherwise}`,
  };
}
