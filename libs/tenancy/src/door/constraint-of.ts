/** The name of the constraint that a statement ran into, whichever door it came through; nothing for other errors. */
export function constraintOf(error: unknown): string | undefined {
  const { constraint, driverError } = error as { constraint?: string; driverError?: { constraint?: string } };
  return driverError?.constraint ?? constraint;
}
