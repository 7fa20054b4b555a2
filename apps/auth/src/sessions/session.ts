import { userView, type Account, type UserView } from '../accounts';
import type { FamilyView } from '../memberships';

/** A session as `auth.sessions` knows it. */
export interface Session {
  id: string;
  userId: string;
  activeFamilyId: string | null;
  deviceId: string | null;
  ip: string | null;
  agent: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  authenticatedAt: Date;
  elevatedAt: Date | null;
  expiresAt: Date;
  endedAt: Date | null;
}

/** What a client is given when it signs in, refreshes or switches family. */
export interface IssuedSession {
  sessionId: string;
  accessToken: string;
  /** Seconds until the access token expires. */
  expiresIn: number;
  refreshToken: string;
  refreshTokenId: string;
  account: Account;
  family: FamilyView | null;
}

/** The answer of our own routes. */
export interface SessionAnswer {
  accessToken: string;
  expiresIn: number;
  refreshToken: string;
  user: UserView;
  family: FamilyView | null;
}

/** The `Session` of Nhost's contract. */
export interface NhostSession {
  accessToken: string;
  accessTokenExpiresIn: number;
  refreshToken: string;
  refreshTokenId: string;
  user: UserView;
}

export const sessionAnswer = (issued: IssuedSession): SessionAnswer => ({
  accessToken: issued.accessToken,
  expiresIn: issued.expiresIn,
  refreshToken: issued.refreshToken,
  user: userView(issued.account),
  family: issued.family,
});

export const nhostSession = (issued: IssuedSession): NhostSession => ({
  accessToken: issued.accessToken,
  accessTokenExpiresIn: issued.expiresIn,
  refreshToken: issued.refreshToken,
  refreshTokenId: issued.refreshTokenId,
  user: userView(issued.account),
});

/** A session as its owner sees it. */
export interface SessionView {
  id: string;
  createdAt: string;
  lastSeenAt: string;
  expiresAt: string;
  ip: string | null;
  agent: string | null;
  familyId: string | null;
  deviceId: string | null;
  current: boolean;
}

export const sessionView = (session: Session, currentId: string | null): SessionView => ({
  id: session.id,
  createdAt: session.createdAt.toISOString(),
  lastSeenAt: session.lastSeenAt.toISOString(),
  expiresAt: session.expiresAt.toISOString(),
  ip: session.ip,
  agent: session.agent,
  familyId: session.activeFamilyId,
  deviceId: session.deviceId,
  current: session.id === currentId,
});
