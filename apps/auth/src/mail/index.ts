import { Module } from '@nestjs/common';
import { OutboxModule } from '../outbox';
import { MailPreviewController } from './mail.controller';
import { Mailer } from './mailer';

export { MAIL_TEMPLATES, type Mail, type MailFacts, type MailTemplate } from './mail';
export { mailSettings } from './mail.settings';
export { Mailer } from './mailer';
export { escape, pageWords, renderMail, type PageWords } from './render';

/** Mails: words in several languages, sent by SMTP from the outbox. */
@Module({
  imports: [OutboxModule],
  controllers: [MailPreviewController],
  providers: [Mailer],
  exports: [Mailer],
})
export class MailModule {}
