<#ftl output_format="plainText">
<#import "/vestibule.ftl" as shared>
<#macro oneClick lead actions>
${lead} ${shared.afterwards(actions)}

${msg("vestibuleTextLink")}

${shared.address()}

${msg("vestibuleLife", linkExpirationFormatter(linkExpiration))}

${msg("vestibuleIgnore")}
</#macro>
