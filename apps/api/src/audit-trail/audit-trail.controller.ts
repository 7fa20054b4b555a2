import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor, Roles, Scoped } from '@nself/identity';
import { AuditPageDto, AuditQueryDto } from './audit-trail.dto';
import { AuditTrailService } from './audit-trail.service';

@ApiTags('audit')
@Controller('v1/audit')
export class AuditTrailController {
  constructor(private readonly trail: AuditTrailService) {}

  @Scoped('audit')
  @Get('events')
  @Roles('owner', 'admin_member')
  @ApiOperation({ summary: 'What happened in the family, newest first' })
  @ApiOkResponse({ type: AuditPageDto })
  list(@CurrentActor() actor: Actor, @Query() query: AuditQueryDto): Promise<AuditPageDto> {
    return this.trail.list(actor, query);
  }
}
