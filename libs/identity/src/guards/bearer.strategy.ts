import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { ExtractJwt, Strategy, type VerifiedCallback } from 'passport-jwt';
import type { Actor } from '../actor';
import { TokenVerifier } from '../tokens';

const bearerOf = ExtractJwt.fromAuthHeaderAsBearerToken();

/**
 * passport-jwt, told to take the token from the Authorization header only (never from an address, checks H9) and the
 * key from our own set. It is asked directly, not through the passport registry: that is one per process, and tests
 * run several services in one.
 */
@Injectable()
export class BearerStrategy extends Strategy {
  constructor(verifier: TokenVerifier) {
    super(
      {
        ...verifier.rules,
        jwtFromRequest: bearerOf,
        passReqToCallback: true,
        secretOrKeyProvider: (_request: Request, token: string, done) => {
          // jsonwebtoken takes a key as it is; the types of passport-jwt, which hands it on, know only text.
          verifier.keyFor(token).then(key => done(null, key as unknown as Buffer), done);
        },
      },
      (request: Request, payload: Readonly<Record<string, unknown>>, done: VerifiedCallback) =>
        done(null, verifier.admit(payload, bearerOf(request) ?? '')),
    );
  }

  /**
   * The actor of a request, or undefined when it carries no bearer token.
   *
   * @throws what the verifier refuses a token with, or the library's own error.
   */
  actorOf(request: Request): Promise<Actor | undefined> {
    if (bearerOf(request) === null) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      const run: Strategy = Object.create(this, {
        success: { value: resolve },
        fail: { value: reject },
        error: { value: reject },
      });
      run.authenticate(request);
    });
  }
}
