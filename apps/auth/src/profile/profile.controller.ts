import { Controller, Get } from '@nestjs/common';
import { CurrentActor, Scoped, type Actor } from '@nself/identity';
import type { UserView } from '../accounts';
import { NhostFace } from '../nhost';
import { ProfileService, type Me } from './profile.service';

/** Who am I, on our own routes. */
@Controller('v1/auth')
export class ProfileController {
  constructor(private readonly profile: ProfileService) {}

  /** The person, the family of the token, and all families with role and state. */
  @Scoped('read')
  @Get('me')
  me(@CurrentActor() actor: Actor): Promise<Me> {
    return this.profile.me(actor);
  }
}

/** Who am I, on Nhost's routes. */
@NhostFace()
export class NhostProfileController {
  constructor(private readonly profile: ProfileService) {}

  @Scoped('read')
  @Get('user')
  user(@CurrentActor() actor: Actor): Promise<UserView> {
    return this.profile.user(actor);
  }
}
