// Azure Front Door: TLS at the edge, and the limits by network address that the app cannot have, because it does not see the client's.
param environmentName string
param originHost string

@description('The app that verifies, or empty: the same that does everything else.')
param verifyHost string = ''

@description('A domain of your own, or empty. It answers once its owner has proved it by DNS (docs/deploy.md).')
param customDomain string = ''

resource profile 'Microsoft.Cdn/profiles@2024-02-01' = {
  name: 'afd-badges-${environmentName}'
  location: 'global'
  sku: { name: 'Standard_AzureFrontDoor' }
  properties: { originResponseTimeoutSeconds: 60 }
}

resource endpoint 'Microsoft.Cdn/profiles/afdEndpoints@2024-02-01' = {
  parent: profile
  name: 'badges-${environmentName}'
  location: 'global'
  properties: { enabledState: 'Enabled' }
}

resource origins 'Microsoft.Cdn/profiles/originGroups@2024-02-01' = {
  parent: profile
  name: 'hub'
  properties: {
    loadBalancingSettings: { sampleSize: 4, successfulSamplesRequired: 3 }
  }

  resource hub 'origins' = {
    name: 'hub'
    properties: {
      hostName: originHost
      originHostHeader: originHost
      httpsPort: 443
      enforceCertificateNameCheck: true
      enabledState: 'Enabled'
    }
  }
}

resource verifiers 'Microsoft.Cdn/profiles/originGroups@2024-02-01' = if (!empty(verifyHost)) {
  parent: profile
  name: 'verify'
  properties: {
    loadBalancingSettings: { sampleSize: 4, successfulSamplesRequired: 3 }
  }

  resource verify 'origins' = {
    name: 'verify'
    properties: {
      hostName: verifyHost
      originHostHeader: verifyHost
      httpsPort: 443
      enforceCertificateNameCheck: true
      enabledState: 'Enabled'
    }
  }
}

resource domain 'Microsoft.Cdn/profiles/customDomains@2024-02-01' = if (!empty(customDomain)) {
  parent: profile
  name: replace(empty(customDomain) ? 'none' : customDomain, '.', '-')
  properties: {
    hostName: customDomain
    tlsSettings: { certificateType: 'ManagedCertificate', minimumTlsVersion: 'TLS12' }
  }
}

var domains = empty(customDomain) ? [] : [{ id: domain.id }]

// No cache: the hub's answers say themselves how long they hold.
resource route 'Microsoft.Cdn/profiles/afdEndpoints/routes@2024-02-01' = {
  parent: endpoint
  name: 'all'
  properties: {
    originGroup: { id: origins.id }
    customDomains: domains
    supportedProtocols: ['Https', 'Http']
    httpsRedirect: 'Enabled'
    forwardingProtocol: 'HttpsOnly'
    patternsToMatch: ['/*']
    linkToDefaultDomain: 'Enabled'
  }
  dependsOn: [origins::hub]
}

// Of two routes that match, Front Door takes the closer one. The page's style sheet and logo come from the hub.
var verifyRoutes = empty(verifyHost)
  ? []
  : [
      { name: 'verify', patterns: ['/verify', '/verify/*'], originPath: null }
      // Whether that app is ready, asked from outside: /verify/health/ready is its /health/ready.
      { name: 'verify-health', patterns: ['/verify/health/*'], originPath: '/health/' }
    ]

resource verifyRoute 'Microsoft.Cdn/profiles/afdEndpoints/routes@2024-02-01' = [
  for verify in verifyRoutes: {
    parent: endpoint
    name: verify.name
    properties: {
      originGroup: { id: verifiers.id }
      originPath: verify.originPath
      customDomains: domains
      supportedProtocols: ['Https', 'Http']
      httpsRedirect: 'Enabled'
      forwardingProtocol: 'HttpsOnly'
      patternsToMatch: verify.patterns
      linkToDefaultDomain: 'Enabled'
    }
    dependsOn: [verifiers::verify]
  }
]

resource firewall 'Microsoft.Network/FrontDoorWebApplicationFirewallPolicies@2024-02-01' = {
  name: 'wafbadges${replace(environmentName, '-', '')}'
  location: 'global'
  sku: { name: 'Standard_AzureFrontDoor' }
  properties: {
    policySettings: { enabledState: 'Enabled', mode: 'Prevention' }
    customRules: {
      rules: [
        {
          name: 'Tries'
          priority: 10
          enabledState: 'Enabled'
          ruleType: 'RateLimitRule'
          rateLimitDurationInMinutes: 1
          // A school has one address: every class of it may claim and verify in the same minute. The hub counts wrong codes by itself.
          rateLimitThreshold: 300
          action: 'Block'
          matchConditions: [
            { matchVariable: 'RequestMethod', operator: 'Equal', matchValue: ['POST'] }
            { matchVariable: 'RequestUri', operator: 'Contains', matchValue: ['/claim', '/verify'] }
          ]
        }
        {
          name: 'Everything'
          priority: 20
          enabledState: 'Enabled'
          ruleType: 'RateLimitRule'
          rateLimitDurationInMinutes: 1
          rateLimitThreshold: 1000
          action: 'Block'
          // But not webhooks: all of a Moodle's come from one address, and it sends none again that was refused.
          matchConditions: [
            { matchVariable: 'RequestUri', operator: 'RegEx', negateCondition: true, matchValue: ['^(?:https?://[^/]+)?/hooks/'] }
          ]
        }
      ]
    }
  }
}

resource protection 'Microsoft.Cdn/profiles/securityPolicies@2024-02-01' = {
  parent: profile
  name: 'limits'
  properties: {
    parameters: {
      type: 'WebApplicationFirewall'
      wafPolicy: { id: firewall.id }
      associations: [{ domains: concat([{ id: endpoint.id }], domains), patternsToMatch: ['/*'] }]
    }
  }
}

output id string = profile.properties.frontDoorId
output hostName string = endpoint.properties.hostName
