<#import "template.ftl" as layout>
<#import "vestibule.ftl" as vestibule>
<#-- Which of the ways that a mailed link can fail this is; empty for any other error, which keeps Keycloak's words. -->
<#assign fault = "">
<#if vestibule.speaks()>
  <#list {
    "expiredActionMessage": "Used",
    "expiredActionTokenNoSessionMessage": "Expired",
    "expiredActionTokenSessionExistsMessage": "Expired",
    "invalidEmailMessage": "Stale",
    "staleEmailVerificationLink": "Stale",
    "invalidUserMessage": "Gone",
    "accountDisabledMessage": "Disabled",
    "differentUserAuthenticated": "Other",
    "invalidCodeMessage": "Broken"
  } as key, name>
    <#if vestibule.says(key)><#assign fault = name><#break></#if>
  </#list>
</#if>
<#-- Shows the mail's page to whoever signed up in this browser, and the form to anybody else. -->
<#assign newLink = vestibule.portal("/sign-up/check-email")>
<@layout.registrationLayout displayMessage=false; section>
  <#if section = "header">
    <#if fault == "">${kcSanitize(msg("errorTitle"))?no_esc}<#else>${msg("vestibule" + fault + "Title")}</#if>
  <#elseif section = "form">
    <div id="kc-error-message">
      <#if fault == "">
        <p>${kcSanitize(message.summary)?no_esc}</p>
      <#else>
        <p>${msg("vestibule" + fault + "Lead", vestibule.brand())}</p>
      </#if>
      <#if traceId??>
        <p id="traceId" class="vestibule-small">${msg("traceIdSupportMessage", traceId)}</p>
      </#if>
      <#if !(skipLink??)>
        <#switch fault>
          <#case "Used">
            <@vestibule.way href=vestibule.portal("/sign-up/verified") label=msg("backToApplication") />
            <@vestibule.way href=newLink label=msg("vestibuleNewLink") quiet=true />
            <#break>
          <#case "Expired">
          <#case "Stale">
          <#case "Broken">
            <@vestibule.way href=newLink label=msg("vestibuleNewLink") />
            <#break>
          <#case "Gone">
            <@vestibule.way href=vestibule.portal("/sign-up") label=msg("vestibuleSignUpAgain") />
            <#break>
          <#case "Other">
            <#-- OpenID Connect RP-Initiated Logout 1.0: Keycloak asks before it ends the session. -->
            <#assign signedOut = vestibule.portal("/signed-out")>
            <#if signedOut?has_content && (client.clientId)?has_content>
              <@vestibule.way href=url.loginUrl?keep_before("/login-actions/") + "/protocol/openid-connect/logout?client_id=" + client.clientId?url("UTF-8") + "&post_logout_redirect_uri=" + signedOut?url("UTF-8") label=msg("doLogout") />
            </#if>
            <#break>
          <#case "Disabled">
            <@vestibule.way href=vestibule.portal("/sign-up") label=msg("vestibuleToSignUp") quiet=true />
            <#break>
          <#default>
            <@vestibule.way id="backToApplication" href=(client.baseUrl)!"" label=msg("backToApplication") />
        </#switch>
      </#if>
    </div>
  </#if>
</@layout.registrationLayout>
