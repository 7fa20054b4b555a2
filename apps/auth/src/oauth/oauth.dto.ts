import { Transform } from 'class-transformer';
import { Allow, IsIn, IsOptional, IsString, Matches, MaxLength } from 'class-validator';
import { NullIsAbsent, Options, SignUpOptions } from '../nhost';

/** Query of the routes that lead to a provider: the options of a sign-up, flattened. */
export class DepartureQuery extends SignUpOptions {
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  declare allowedRoles?: string[];

  @IsOptional()
  @Transform(({ value }: { value: unknown }) => parsed(value))
  declare metadata?: Record<string, unknown>;

  /** An access token: join the provider to this account. */
  @IsOptional()
  @IsString()
  @MaxLength(8192)
  connect?: string;

  /** The app's own state, handed back untouched. */
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  state?: string;

  @IsOptional()
  @Matches(/^[A-Za-z0-9_-]{43}$/)
  codeChallenge?: string;

  /** Parameters of single providers; taken and not handed on. */
  @Allow()
  providerSpecificParams?: unknown;
}

export class IdTokenDto {
  @IsIn(['apple', 'google'])
  provider: string;

  @IsString()
  @MaxLength(8192)
  idToken: string;

  @IsOptional()
  @IsString()
  @MaxLength(500)
  @NullIsAbsent()
  nonce?: string;

  @Options(() => SignUpOptions)
  options?: SignUpOptions;
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
