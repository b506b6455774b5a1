<#import "/vestibule.ftl" as shared>
<#import "vestibule.ftl" as mail>
<#assign actions = requiredActions![]>
<#if shared.speaks() && actions?seq_contains("VERIFY_EMAIL")>
<@mail.oneClick lead=msg("vestibuleSignUpLead", shared.brand()) actions=actions />
<#else>
<#-- An administrator asks for something else, or in a language that this theme lacks: Keycloak's or the realm's words. -->
<#assign named = actions?map(action -> msg("requiredAction." + action))?join(", ")>
<@mail.frame>
${kcSanitize(msg("executeActionsBodyHtml", link, linkExpiration, realmName, named, linkExpirationFormatter(linkExpiration)))?no_esc}
</@mail.frame>
</#if>
