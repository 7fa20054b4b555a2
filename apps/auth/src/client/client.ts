import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';

/** Who is at the other end of the wire: kept with sessions and audit events. */
export interface Client {
  /** Address of the client; behind a proxy only if that proxy is trusted. */
  ip: string;
  agent: string;
}

const AGENT_LENGTH = 400;

export function clientOf(request: Request): Client {
  return { ip: request.ip ?? '', agent: (request.get('user-agent') ?? '').slice(0, AGENT_LENGTH) };
}

/** Hands the {@link Client} of the request to a route. */
export const CurrentClient = createParamDecorator((_: unknown, context: ExecutionContext): Client =>
  clientOf(context.switchToHttp().getRequest<Request>()),
);
