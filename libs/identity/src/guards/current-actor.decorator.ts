import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Actor } from '../actor';
import { actorOfRequest, requestOf } from './request-of';

/** Hands the actor to a handler: `get(@CurrentActor() actor: Actor)`. */
export const CurrentActor = createParamDecorator((_data: unknown, context: ExecutionContext): Actor =>
  actorOfRequest(requestOf(context)),
);
