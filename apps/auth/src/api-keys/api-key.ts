import type { HasuraRole, Scope } from '@nself/identity';

/** A key as its maker sees it; the key itself is shown once. */
export interface ApiKey {
  id: string;
  familyId: string | null;
  name: string;
  prefix: string;
  role: HasuraRole;
  scopes: Scope[];
  rateLimit: number;
  lastUsedAt: Date | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  createdAt: Date;
}

/** A key as it is found by what a machine shows. */
export interface PresentedKey {
  id: string;
  familyId: string | null;
  createdBy: string;
  role: HasuraRole;
  scopes: Scope[];
  rateLimit: number;
}
