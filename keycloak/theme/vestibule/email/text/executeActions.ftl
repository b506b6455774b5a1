<#ftl output_format="plainText">
<#import "/vestibule.ftl" as shared>
<#import "vestibule.ftl" as mail>
<#assign actions = requiredActions![]>
<#if shared.speaks() && actions?seq_contains("VERIFY_EMAIL")>
<@mail.oneClick lead=msg("vestibuleSignUpLead", shared.brand()) actions=actions />
<#else>
<#assign named = actions?map(action -> msg("requiredAction." + action))?join(", ")>
${msg("executeActionsBody", link, linkExpiration, realmName, named, linkExpirationFormatter(linkExpiration))}
</#if>
