import { A_MOMENT } from '@nself/kernel';
import { applyDecorators } from '@nestjs/common';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsObject,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  MinLength,
  ValidateBy,
  ValidateNested,
} from 'class-validator';
import { isKeptEmail, plainEmail } from '../accounts';

/** Letters, digits, symbols and a few signs of every script, but nothing that HTML could take for its own. */
const DISPLAY_NAME = /^[\p{L}\p{N}\p{S}\p{M} ,.'’-]+$/u;

/** An address, put as accounts keep it. */
export const Email = (): PropertyDecorator =>
  applyDecorators(
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? plainEmail(value) : value)),
    ValidateBy({
      name: 'isKeptEmail',
      validator: {
        validate: value => typeof value === 'string' && isKeptEmail(value),
        defaultMessage: () => '$property must be a valid address',
      },
    }),
    MaxLength(320),
  );

/** A word that may be missing; some clients write null where they have nothing to say. */
export const NullIsAbsent = (): PropertyDecorator =>
  Transform(({ value }: { value: unknown }) => value ?? undefined);

/** `options` of a body: may be missing or null, and is checked by its own rules. */
export const Options = (kind: () => new () => object): PropertyDecorator =>
  applyDecorators(IsOptional(), IsObject(), ValidateNested(), Type(kind), NullIsAbsent());

/** An absolute address of any scheme: apps on phones have their own. */
export const IsAddress = (): PropertyDecorator =>
  ValidateBy({
    name: 'isAddress',
    validator: {
      validate: value => typeof value === 'string' && URL.canParse(value),
      defaultMessage: () => '$property must be an absolute address',
    },
  });

/** A moment that there is, as a date or a date with time. */
export const IsMoment = (): PropertyDecorator => ValidateBy(A_MOMENT);

/** Where to send a browser afterwards; whether it is allowed is decided against the operator's list. */
export class RedirectOptions {
  @IsOptional()
  @IsAddress()
  @MaxLength(2000)
  redirectTo?: string;
}

/** What a client may say about a new account. */
export class SignUpOptions extends RedirectOptions {
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @IsString({ each: true })
  allowedRoles?: string[];

  @IsOptional()
  @IsString()
  defaultRole?: string;

  @IsOptional()
  @IsString()
  @MaxLength(32)
  @Matches(DISPLAY_NAME)
  displayName?: string;

  @IsOptional()
  @IsString()
  @MinLength(2)
  @MaxLength(3)
  locale?: string;

  @IsOptional()
  @IsObject()
  metadata?: Record<string, unknown>;
}

/** A body with `options` for a new account. */
export class WithSignUpOptions {
  @Options(() => SignUpOptions)
  options?: SignUpOptions;

  /** PKCE challenge (S256): the redirect then carries a code instead of a refresh token. */
  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{43}$/)
  codeChallenge?: string;
}

/** A body with `options.redirectTo`. */
export class WithRedirectOptions {
  @Options(() => RedirectOptions)
  options?: RedirectOptions;

  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{43}$/)
  codeChallenge?: string;
}
