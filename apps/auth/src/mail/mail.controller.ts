import { Controller, Get, Header, Inject, Param, Query, Res } from '@nestjs/common';
import { httpSettings, NotFound, Public, type SettingsOf } from '@nself/kernel';
import type { Response } from 'express';
import { MAIL_TEMPLATES, type MailFacts, type MailTemplate } from './mail';
import { renderMail } from './render';

const EXAMPLE: MailFacts = {
  displayName: 'Amina',
  link: 'https://family.example/auth/v1/verify/open?ticket=example',
  code: '314159',
  minutes: 10,
  newEmail: 'amina@family.example',
  family: 'Khaled',
  what: 'TV',
};

/** Shows what mails look like, to those who write them: not in production. */
@Public()
@Controller('v1/mail/preview')
export class MailPreviewController {
  constructor(@Inject(httpSettings.token) private readonly settings: SettingsOf<typeof httpSettings>) {}

  /** The names of all mails. */
  @Get()
  list(): { items: readonly MailTemplate[] } {
    this.assertOpen();
    return { items: MAIL_TEMPLATES };
  }

  /** One mail in a language, as HTML. */
  @Get(':template')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  show(@Param('template') template: string, @Res() response: Response, @Query('locale') locale = 'en'): void {
    this.assertOpen();
    const known = MAIL_TEMPLATES.find(each => each === template);
    if (!known) throw new NotFound();
    response.type('html').send(renderMail({ template: known, locale, facts: EXAMPLE }).html);
  }

  private assertOpen(): void {
    if (this.settings.environment === 'production') throw new NotFound();
  }
}
