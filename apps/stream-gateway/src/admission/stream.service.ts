import { Inject, Injectable } from '@nestjs/common';
import {
  Clock,
  DeviceNotTrusted,
  LinkInvalid,
  NotFound,
  type SettingsOf,
  StreamEnded,
  StreamLimitDevice,
  StreamLimitFamily,
  StreamLimitUser,
} from '@nself/kernel';
import { familyOfActor, type Actor, type Holder } from '@nself/identity';
import { objectPath, sealHolder, signPath, storageSettings, verifyPath } from '@nself/media';
import { contextOf, serviceContext, TenantTransaction } from '@nself/tenancy';
import { gatewaySettings } from '../gateway.settings';
import type { PlaybackPathDto, PlaybackQueryDto, StartStreamDto, StreamDto } from './stream.dto';
import { type Occupancy, type PlayableRow, StreamRepository } from './stream.repository';

const playbackPath = (familyId: string, id: string): string => `/v1/streams/${familyId}/${id}/playback`;

/** Lets streams in while there is room, keeps them while they are heard of, and opens what they play. */
@Injectable()
export class StreamService {
  private readonly key: Buffer;

  constructor(
    private readonly transaction: TenantTransaction,
    private readonly streams: StreamRepository,
    private readonly clock: Clock,
    @Inject(gatewaySettings.token) private readonly settings: SettingsOf<typeof gatewaySettings>,
    @Inject(storageSettings.token) storage: SettingsOf<typeof storageSettings>,
  ) {
    this.key = Buffer.from(storage.signingKey, 'hex');
  }

  async start(actor: Actor, wish: StartStreamDto): Promise<StreamDto> {
    const familyId = familyOfActor(actor);
    const id = await this.transaction.run(contextOf(actor), async manager => {
      await this.streams.lockFamily(manager, familyId);
      if (!(await this.streams.contentExists(manager, familyId, wish.contentId))) {
        throw new NotFound('There is no such content.');
      }
      if (!(await this.streams.deviceIsTrusted(manager, familyId, wish.deviceId)))
        throw new DeviceNotTrusted();
      assertRoom(await this.streams.occupancy(manager, actor, wish.deviceId, this.settings.silence));
      return this.streams.insert(manager, actor, wish);
    });
    return this.ticket(familyId, id);
  }

  async heartbeat(actor: Actor, id: string, state: string): Promise<void> {
    const beaten = await this.transaction.run(contextOf(actor), manager =>
      this.streams.beat(manager, actor, id, state),
    );
    if (!beaten) throw new StreamEnded();
  }

  async stop(actor: Actor, id: string): Promise<void> {
    const ended = await this.transaction.run(contextOf(actor), manager =>
      this.streams.end(manager, actor, id),
    );
    if (!ended) throw new NotFound('There is no such stream.');
  }

  async playback(
    { familyId, id }: PlaybackPathDto,
    link: PlaybackQueryDto,
  ): Promise<{ url: string; statusCode: number }> {
    if (!verifyPath(playbackPath(familyId, id), link, this.clock.now(), this.key)) throw new LinkInvalid();
    const playable = await this.transaction.run(serviceContext(familyId), manager =>
      this.streams.playable(manager, familyId, id, this.settings.silence),
    );
    if (!playable) throw new StreamEnded();
    return { url: this.addressOf(familyId, playable), statusCode: 302 };
  }

  private ticket(familyId: string, sessionId: string): StreamDto {
    const { path, expiresAt } = signPath(playbackPath(familyId, sessionId), this.playbackEnd(), this.key);
    const token = path.slice(path.indexOf('?') + 1);
    return {
      sessionId,
      token,
      playbackUrl: this.settings.publicUrl + path,
      expiresAt: expiresAt.toISOString(),
    };
  }

  private addressOf(familyId: string, playable: PlayableRow): string {
    const { media_item_id: mediaItemId, source_url: sourceUrl } = playable;
    if (mediaItemId) return this.settings.apiUrl + this.objectLink(familyId, mediaItemId, playable);
    if (sourceUrl) return sourceUrl;
    throw new NotFound('This content has nothing to play yet.');
  }

  /** The link ends with the membership of who watches and with the trust in the device. */
  private objectLink(familyId: string, mediaItemId: string, { user_id, device_id }: PlayableRow): string {
    const path = objectPath(familyId, mediaItemId);
    const holder: Holder = {
      kind: 'user',
      userId: user_id,
      familyId,
      sessionId: null,
      session: { 'x-hasura-device-id': device_id },
      issuedAt: this.clock.now().getTime(),
    };
    return signPath(path, this.playbackEnd(), this.key, sealHolder(holder, path, this.key)).path;
  }

  private playbackEnd(): Date {
    return new Date(this.clock.now().getTime() + this.settings.playbackLife);
  }
}

/** Says which limit is reached: the narrowest first, because it is the easiest to mend. */
function assertRoom(now: Occupancy): void {
  if (now.deviceLimit !== null && now.device >= now.deviceLimit) throw new StreamLimitDevice();
  if (now.userLimit !== null && now.user >= now.userLimit)
    throw new StreamLimitUser(undefined, { extensions: { limit: now.userLimit } });
  if (now.familyLimit !== null && now.family >= now.familyLimit) {
    throw new StreamLimitFamily(undefined, { extensions: { limit: now.familyLimit } });
  }
}
