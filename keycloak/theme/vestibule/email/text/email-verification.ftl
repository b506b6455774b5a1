<#ftl output_format="plainText">
<#import "/vestibule.ftl" as shared>
<#import "vestibule.ftl" as mail>
<#if shared.speaks()>
<@mail.oneClick lead=msg("vestibuleVerifyLead", shared.brand()) actions=[] />
<#else>
${msg("emailVerificationBody", link, linkExpiration, realmName, linkExpirationFormatter(linkExpiration))}
</#if>
