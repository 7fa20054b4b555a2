import { Inject, Injectable } from '@nestjs/common';
import { constantTimeEqual, sha256, Unauthenticated } from '@nself/kernel';
import { v5 as uuidV5 } from 'uuid';
import { AccessTokens, type AccessToken } from '../tokens';
import { serviceClientOf, serviceTokenSettings, type ServiceTokenSettings } from './service-token.settings';

const LIFE_SECONDS = 300;
/** Names of services live in a space of their own, so that the id of one is always the same and nobody's else. */
const NAMESPACE = '6b1f1c1e-3d0a-5b5e-9a52-6e1a7f0c2d11';
const NOBODY = sha256('no such service').toString('hex');

/** Short tokens for services that speak to one another. They belong to no family and name the service. */
@Injectable()
export class ServiceTokens {
  private readonly digests: ReadonlyMap<string, string>;

  constructor(
    private readonly tokens: AccessTokens,
    @Inject(serviceTokenSettings.token) settings: ServiceTokenSettings,
  ) {
    this.digests = new Map(settings.clients.map(serviceClientOf).filter(each => each !== undefined));
  }

  /** @throws Unauthenticated, alike for an unknown service and a wrong secret */
  async issue(service: string, secret: string): Promise<AccessToken> {
    const known = this.digests.get(service);
    const fits = constantTimeEqual(sha256(secret).toString('hex'), known ?? NOBODY);
    if (!known || !fits) throw new Unauthenticated();
    return this.tokens.issue({
      kind: 'machine',
      userId: uuidV5(service, NAMESPACE),
      familyId: null,
      role: 'user',
      allowedRoles: ['user'],
      isAnonymous: false,
      elevated: false,
      lifeSeconds: LIFE_SECONDS,
      custom: { 'x-hasura-service': service },
    });
  }
}
