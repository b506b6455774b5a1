<#import "template.ftl" as layout>
<#import "vestibule.ftl" as vestibule>
<#assign actions = requiredActions![]>
<#-- The first page behind the mailed link: of an action mail, or of Keycloak's own verification mail. -->
<#assign isConfirm = vestibule.speaks() && actionUri?has_content && !(pageRedirectUri?has_content)
  && (actions?seq_contains("VERIFY_EMAIL") || vestibule.says("confirmEmailAddressVerification"))>
<#-- The last one. Only here does the page go on by itself: a page after signing out, say, has an address, too. -->
<#assign isDone = pageRedirectUri?has_content && !(skipLink??) && !(actionUri?has_content) && vestibule.says("accountUpdatedMessage")>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    <#if isConfirm>
      ${msg("vestibuleConfirmTitle")}
    <#elseif messageHeader??>
      ${kcSanitize(msg("${messageHeader}"))?no_esc}
    <#else>
      ${message.summary}
    </#if>
  <#elseif section = "form">
    <div id="kc-info-message">
      <#if isConfirm>
        <p>${msg("vestibuleConfirmLead", vestibule.brand())}
          <#if actions?seq_contains("webauthn-register-passwordless")>${msg("vestibuleThenPasskey")}<#elseif actions?seq_contains("UPDATE_PASSWORD")>${msg("vestibuleThenPassword")}</#if>
          <#if actions?seq_contains("CONFIGURE_TOTP")>${msg("vestibuleHaveApp")}</#if></p>
        <@vestibule.step uri=actionUri label=msg("vestibuleConfirmButton") />
        <p class="vestibule-small">${msg("vestibuleConfirmNotYou")}</p>
      <#elseif isDone>
        <#-- Needs no script, and no policy for scripts forbids it. Keycloak has held the address against the client's. -->
        <meta http-equiv="refresh" content="0;url=${pageRedirectUri}">
        <p role="status">${vestibule.speaks()?then(msg("vestibuleDoneLead"), message.summary)}</p>
        <@vestibule.way href=pageRedirectUri label=msg("backToApplication") />
      <#else>
        <p>${message.summary}<#list actions>: <b><#items as action>${kcSanitize(msg("requiredAction.${action}"))?no_esc}<#sep>, </#items></b></#list></p>
        <#if !(skipLink??)>
          <#if pageRedirectUri?has_content>
            <@vestibule.way href=pageRedirectUri label=msg("backToApplication") />
          <#elseif actionUri?has_content>
            <@vestibule.step uri=actionUri label=msg("proceedWithAction") />
          <#elseif vestibule.says("emailVerifiedMessage") || vestibule.says("emailVerifiedAlreadyMessage") || vestibule.says("accountUpdatedMessage")>
            <@vestibule.way href=vestibule.portal("/sign-up/verified")?has_content?then(vestibule.portal("/sign-up/verified"), (client.baseUrl)!"") label=msg("backToApplication") />
          <#else>
            <@vestibule.way href=(client.baseUrl)!"" label=msg("backToApplication") />
          </#if>
        </#if>
      </#if>
    </div>
  </#if>
</@layout.registrationLayout>
