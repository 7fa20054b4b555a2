import type { MailLanguage } from '../mail';

const IGNORE = 'إذا لم تطلب ذلك فتجاهل هذه الرسالة، ولن يحدث شيء.';
const ALARM = 'إذا لم تكن أنت من فعل ذلك، فأعد تعيين كلمة المرور الآن وراجع جلساتك.';

export const ar: MailLanguage = {
  direction: 'rtl',
  greeting: 'السلام عليكم،',
  greetingWithName: 'السلام عليكم {displayName}،',
  farewell: 'اعتنوا ببعضكم.',
  linkHint: 'إذا لم يعمل الزر، فافتح هذا العنوان:',
  mails: {
    'email-verify': {
      subject: 'تأكيد بريدك الإلكتروني',
      lead: ['يرجى تأكيد أن هذا العنوان يخصك.'],
      button: 'تأكيد العنوان',
      after: [IGNORE],
    },
    'email-confirm-change': {
      subject: 'تأكيد بريدك الإلكتروني الجديد',
      lead: ['سيستخدم حسابك {newEmail} من الآن فصاعدًا. يرجى تأكيد أن هذا العنوان يخصك.'],
      button: 'تأكيد العنوان الجديد',
      after: [IGNORE],
    },
    'signin-passwordless': {
      subject: 'رابط الدخول',
      lead: ['هذا رابط دخولك. يعمل مرة واحدة خلال {minutes} دقيقة.'],
      button: 'الدخول',
      after: [IGNORE],
    },
    'signin-otp': {
      subject: 'رمز الدخول: {code}',
      lead: ['هذا الرمز يدخلك إلى حسابك. يعمل مرة واحدة خلال {minutes} دقيقة. لا تخبر به أحدًا.'],
      after: [IGNORE],
    },
    'password-reset': {
      subject: 'إعادة تعيين كلمة المرور',
      lead: ['يمكنك الآن اختيار كلمة مرور جديدة. يعمل الرابط مرة واحدة خلال {minutes} دقيقة.'],
      button: 'اختيار كلمة مرور جديدة',
      after: [IGNORE],
    },
    'password-changed': {
      subject: 'تم تغيير كلمة المرور',
      lead: ['تم تغيير كلمة مرور حسابك قبل لحظات.'],
      after: [ALARM],
    },
    'email-changed': {
      subject: 'سيتغير بريد حسابك الإلكتروني',
      lead: ['سيستخدم حسابك {newEmail} بدلًا من هذا العنوان.'],
      after: [ALARM],
    },
    'factor-changed': {
      subject: 'تم تغيير طريقة دخولك',
      lead: ['تم تغيير إحدى طرق الدخول إلى حسابك: {what}.'],
      after: [ALARM],
    },
    'family-invitation': {
      subject: 'دعوة إلى {family}',
      lead: ['يدعوك {displayName} للانضمام إلى {family}.'],
      button: 'عرض الدعوة',
      after: ['إذا كنت لا تعرف المرسل فلا تفتح الرابط.'],
    },
    'device-approved': {
      subject: 'تم توصيل جهاز',
      lead: ['تم توصيل {what} بعائلة {family}.'],
      after: [ALARM],
    },
    'account-deletion': {
      subject: 'سيُحذف حسابك',
      lead: ['سيُحذف حسابك وكل ما يخصك وحدك، ولا يمكن التراجع عن ذلك لاحقًا.'],
      after: [ALARM],
    },
  },
};
