import { applyDecorators, Header, HttpCode } from '@nestjs/common';

/** What Nhost answers when there is nothing to say. */
export const OK = '"OK"';

/** A route that answers the JSON string "OK"; Express would send a bare string as text. */
export const AnswersOk = (): MethodDecorator =>
  applyDecorators(HttpCode(200), Header('content-type', 'application/json; charset=utf-8'));
