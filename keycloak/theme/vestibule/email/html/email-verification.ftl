<#import "/vestibule.ftl" as shared>
<#import "vestibule.ftl" as mail>
<#if shared.speaks()>
<@mail.oneClick lead=msg("vestibuleVerifyLead", shared.brand()) actions=[] />
<#else>
<@mail.frame>
${kcSanitize(msg("emailVerificationBodyHtml", link, linkExpiration, realmName, linkExpirationFormatter(linkExpiration)))?no_esc}
</@mail.frame>
</#if>
