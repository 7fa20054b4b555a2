import {
  ValidationPipe,
  type ArgumentMetadata,
  type PipeTransform,
  type ValidationError,
} from '@nestjs/common';
import { ValidationFailed } from '../errors';
import { unstorableIn } from './storable';

/** One field that breaks its schema; `field` is a path such as `members.0.role`. */
export interface FieldFault {
  readonly field: string;
  readonly wrong: readonly string[];
}

const TOLERANT = Symbol('nself.http.tolerant');

/** A DTO of a protocol that says parameters which one does not know are to be ignored (RFC 6749, 3.2): they fall away. */
export const Tolerant = (): ClassDecorator => target => Reflect.defineMetadata(TOLERANT, true, target);

/**
 * Checks every DTO; unknown fields are refused, so that no column can be written by naming it (checks H8), and so is
 * text that the database could not keep. Nest's pipe is made when the first value comes: it loads class-validator, and
 * some services are never given a value.
 */
export class DtoPipe implements PipeTransform {
  private strict: ValidationPipe | undefined;
  private tolerant: ValidationPipe | undefined;

  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const faults = metadata.type === 'custom' ? [] : unstorableIn(value, metadata.metatype);
    if (faults.length > 0) throw new ValidationFailed(undefined, { extensions: { faults } });
    return this.pipeFor(metadata.metatype).transform(value, metadata);
  }

  private pipeFor(dto: object | undefined): ValidationPipe {
    if (dto && Reflect.hasMetadata(TOLERANT, dto)) return (this.tolerant ??= pipe(false));
    return (this.strict ??= pipe(true));
  }
}

const pipe = (forbidNonWhitelisted: boolean): ValidationPipe =>
  new ValidationPipe({
    whitelist: true,
    forbidNonWhitelisted,
    forbidUnknownValues: true,
    transform: true,
    stopAtFirstError: false,
    exceptionFactory: errors =>
      new ValidationFailed(undefined, { extensions: { faults: errors.flatMap(each => faultsOf(each)) } }),
  });

function faultsOf(error: ValidationError, above = ''): FieldFault[] {
  const field = above === '' ? error.property : `${above}.${error.property}`;
  const wrong = Object.values(error.constraints ?? {});
  const below = (error.children ?? []).flatMap(each => faultsOf(each, field));
  return wrong.length > 0 ? [{ field, wrong }, ...below] : below;
}
