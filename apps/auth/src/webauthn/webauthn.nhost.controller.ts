import { Body, Delete, HttpCode, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import { CurrentActor, type Actor } from '@nself/identity';
import { Public } from '@nself/kernel';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { CurrentClient, type Client } from '../client';
import { FreshSignIn } from '../elevation';
import { sessionPayload } from '../gate';
import { Limited } from '../limits';
import { NhostFace } from '../nhost';
import { nhostSession, type NhostSession } from '../sessions';
import { KeyElevation } from './key-elevation';
import { KeyRegistration } from './key-registration';
import { KeySignIn } from './key-sign-in';
import { KeySignUp } from './key-sign-up';
import { WebauthnDesk } from './webauthn-desk';
import { AddKeyDto, SignInKeyDto, SignUpKeyDto, VerifyKeyDto, VerifySignUpKeyDto } from './webauthn.dto';

/** Coming in by key. */
@Public()
@NhostFace()
export class NhostKeyEntryController {
  constructor(
    private readonly signIns: KeySignIn,
    private readonly signUps: KeySignUp,
    private readonly desk: WebauthnDesk,
  ) {}

  @Post('signin/webauthn')
  @HttpCode(200)
  startSignIn(@Body() body: SignInKeyDto): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return this.signIns.start(body?.email);
  }

  @Post('signin/webauthn/verify')
  @HttpCode(200)
  async finishSignIn(
    @Body() body: VerifyKeyDto,
    @CurrentClient() client: Client,
  ): Promise<ReturnType<typeof sessionPayload>> {
    return sessionPayload(await this.signIns.finish(body.credential, client));
  }

  @Limited('signups')
  @Post('signup/webauthn')
  @HttpCode(200)
  startSignUp(@Body() body: SignUpKeyDto): Promise<PublicKeyCredentialCreationOptionsJSON> {
    return this.signUps.start(body);
  }

  @Limited('signups')
  @Post('signup/webauthn/verify')
  @HttpCode(200)
  finishSignUp(
    @Body() body: VerifySignUpKeyDto,
    @CurrentClient() client: Client,
  ): Promise<{ session: NhostSession | null }> {
    return this.desk.finishSignUp(body, client);
  }
}

/** Keys of somebody who is signed in. */
@NhostFace()
export class NhostKeyController {
  constructor(
    private readonly registration: KeyRegistration,
    private readonly elevation: KeyElevation,
    private readonly fresh: FreshSignIn,
  ) {}

  @Post('user/webauthn/add')
  @HttpCode(200)
  async startAdding(@CurrentActor() actor: Actor): Promise<PublicKeyCredentialCreationOptionsJSON> {
    await this.fresh.assert(actor);
    return this.registration.start(actor);
  }

  @Post('user/webauthn/verify')
  @HttpCode(200)
  async finishAdding(
    @Body() body: AddKeyDto,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<{ id: string; nickname?: string }> {
    await this.fresh.assert(actor);
    return this.registration.finish(actor, body, client);
  }

  /** Ours: takes a key away. */
  @Delete('user/webauthn/:id')
  @HttpCode(204)
  async remove(
    @Param('id', ParseUUIDPipe) id: string,
    @CurrentActor() actor: Actor,
    @CurrentClient() client: Client,
  ): Promise<void> {
    await this.fresh.assert(actor);
    await this.registration.remove(actor, id, client);
  }

  /** Older SDKs send an address along; the token says whose keys they are. */
  @Post('elevate/webauthn')
  @HttpCode(200)
  startElevation(
    @Body() _body: SignInKeyDto,
    @CurrentActor() actor: Actor,
  ): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return this.elevation.start(actor);
  }

  @Post('elevate/webauthn/verify')
  @HttpCode(200)
  async finishElevation(
    @Body() body: VerifyKeyDto,
    @CurrentActor() actor: Actor,
  ): Promise<{ session: NhostSession }> {
    return { session: nhostSession(await this.elevation.finish(actor, body.credential)) };
  }
}
