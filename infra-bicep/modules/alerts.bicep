// What a two-person team is told of. The words after startswith are those of the code; tests/Infra.Tests compares them.
import { Watch } from '../types.bicep'

param environmentName string
param location string
param publicUrl string
param workspaceId string
param insightsId string

@description('The queues with work; each has a poison twin.')
param queues string[]
param watch Watch

@description('Whether verification is an app of its own, which may be unready while the hub is ready.')
param verifyApart bool

var poison = [
  for queue in queues: {
    name: 'poison-${queue}'
    severity: 1
    description: 'Messages of ${queue} failed and wait for a person, at /manage/{city}/waiting (functions/Hub/Upkeep/DeadLetters.cs).'
    query: 'AppTraces | where Message startswith "Of queue ${queue}, "'
  }
]

var others = [
  {
    name: 'signing-failed'
    severity: 1
    description: 'Key Vault did not sign, or its signature did not verify (functions/KeyVault/KeyVaultSigner.cs). Badges wait.'
    query: 'AppTraces | where Message startswith "Signing failed"'
  }
  {
    name: 'mail-backlog'
    severity: 2
    description: 'Mail waits too long. The mailbox\'s limits? (functions/Hub/Storage/QueueWatch.cs, functions/Hub/Mail/ClaimMailer.cs).'
    query: join(
      [
        'let waiting = AppTraces | where Message startswith "Queue mail is behind"'
        '| parse Message with * "waits " Minutes:int " minutes" * | where Minutes >= ${watch.mailBacklogMinutes};'
        // The first seven times take twenty minutes together.
        'let putOff = AppTraces | where Message startswith "The mail system put off"'
        '| parse Message with * "(attempt " Attempt:int ")" * | where Attempt >= 8;'
        'union waiting, putOff'
      ],
      '\n'
    )
  }
  {
    name: 'daily-cap'
    severity: 2
    description: 'The daily cap on logs is reached: until tomorrow the other alerts hear nothing.'
    query: '_LogOperation | where Detail has "OverQuota"'
  }
]

resource team 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-badges-${environmentName}'
  location: 'global'
  properties: {
    groupShortName: 'badges'
    enabled: true
    emailReceivers: [
      for (email, i) in watch.emails: { name: 'email-${i}', emailAddress: email, useCommonAlertSchema: true }
    ]
  }
}

resource rule 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in concat(poison, others): {
    name: 'alert-${environmentName}-${rule.name}'
    location: location
    kind: 'LogAlert'
    properties: {
      displayName: '${environmentName}: ${rule.name}'
      description: rule.description
      severity: rule.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT15M'
      windowSize: 'PT15M'
      autoMitigate: true
      // The tables are there once the hub has said something.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [team.id] }
    }
  }
]

var asked = concat(
  [{ prefix: '', path: '/health/ready' }],
  verifyApart ? [{ prefix: 'verify-', path: '/verify/health/ready' }] : []
)

resource readiness 'Microsoft.Insights/webtests@2022-06-15' = [
  for ask in asked: {
    name: '${ask.prefix}ready-${environmentName}'
    location: location
    tags: { 'hidden-link:${insightsId}': 'Resource' }
    properties: {
      Name: '${ask.prefix}ready-${environmentName}'
      SyntheticMonitorId: '${ask.prefix}ready-${environmentName}'
      Kind: 'standard'
      Enabled: true
      Frequency: watch.readinessSeconds
      Timeout: 60
      RetryEnabled: true
      Locations: map(watch.readinessLocations, place => { Id: place })
      Request: { RequestUrl: '${publicUrl}${ask.path}', HttpVerb: 'GET' }
      ValidationRules: { ExpectedHttpStatusCode: 200, SSLCheck: true, SSLCertRemainingLifetimeCheck: 14 }
    }
  }
]

resource notReady 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for (ask, i) in asked: {
    name: 'alert-${environmentName}-${ask.prefix}not-ready'
    location: 'global'
    properties: {
      description: '${ask.path} does not answer 200; it says which dependency fails.'
      severity: 1
      enabled: true
      scopes: [readiness[i].id, insightsId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT30M'
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
        webTestId: readiness[i].id
        componentId: insightsId
        // One place alone may have trouble of its own.
        failedLocationCount: min(2, length(watch.readinessLocations))
      }
      actions: [{ actionGroupId: team.id }]
    }
  }
]

resource budget 'Microsoft.Consumption/budgets@2023-11-01' = {
  name: 'budget-${environmentName}'
  properties: {
    category: 'Cost'
    amount: watch.monthlyBudget
    timeGrain: 'Monthly'
    timePeriod: { startDate: watch.budgetStart }
    notifications: {
      half: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 50
        thresholdType: 'Actual'
        contactEmails: watch.emails
      }
      spent: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Actual'
        contactEmails: watch.emails
      }
      expected: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: watch.emails
      }
    }
  }
}
