import type { GraphQLEnumType } from 'graphql';
import type { TableModel } from '../../model';
import type { RoleContext } from '../context';

/** The enum that the rows of an enum table make; columns pointing to the table have this type. */
export function enumTypeOf(context: RoleContext, table: TableModel): GraphQLEnumType | undefined {
  const values = table.enumValues;
  if (!values?.length) return undefined;
  return context.enum(context.names.type(table.graphqlName, 'enum'), () => ({
    values: Object.fromEntries(
      values.map(({ value, comment }) => [
        context.names.enumValue(value),
        { value, description: comment ?? null },
      ]),
    ),
  }));
}
