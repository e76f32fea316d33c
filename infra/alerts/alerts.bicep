// What somebody should be told of. Each rule looks at the request lines in Application Insights;
// docs/operations.md says what to do about it.
param token string
param location string
param tags object
param applicationInsightsId string
param email string

@description('`threshold` is compared with the column Value of the query; severity 1 is an error, 3 is news.')
var rules = [
  {
    name: 'server-errors'
    title: 'Burst of server errors: more than 10 in 5 minutes'
    query: loadTextContent('server-errors.kql')
    operator: 'GreaterThan'
    threshold: 10
    window: 'PT5M'
    every: 'PT5M'
    severity: 1
  }
  {
    name: 'repeated-500s'
    title: 'One endpoint answers 500 repeatedly: more than 2 in 15 minutes'
    query: loadTextContent('repeated-500s.kql')
    operator: 'GreaterThan'
    threshold: 2
    window: 'PT15M'
    every: 'PT5M'
    severity: 1
  }
  {
    name: 'slow-answers'
    title: 'Slow answers: the 95th percentile is above 12 seconds'
    query: loadTextContent('slow-answers.kql')
    operator: 'GreaterThan'
    threshold: 12
    window: 'PT15M'
    every: 'PT5M'
    severity: 2
  }
  {
    name: 'bank-share'
    title: 'The bank stands in for the model in more than 20 % of answers'
    query: loadTextContent('bank-share.kql')
    operator: 'GreaterThan'
    threshold: 20
    window: 'PT30M'
    every: 'PT15M'
    severity: 2
  }
  {
    name: 'rate-limited-share'
    title: 'More than 5 % of requests are refused with 429'
    query: loadTextContent('rate-limited-share.kql')
    operator: 'GreaterThan'
    threshold: 5
    window: 'PT15M'
    every: 'PT5M'
    severity: 3
  }
  {
    name: 'model-quota'
    title: 'Azure OpenAI refuses more than 10 % of requests for want of quota'
    query: loadTextContent('model-quota.kql')
    operator: 'GreaterThan'
    threshold: 10
    window: 'PT15M'
    every: 'PT5M'
    severity: 2
  }
  {
    name: 'authentication-failures'
    title: 'More than 50 requests without a valid token in 15 minutes'
    query: loadTextContent('authentication-failures.kql')
    operator: 'GreaterThan'
    threshold: 50
    window: 'PT15M'
    every: 'PT5M'
    severity: 2
  }
  {
    name: 'no-traffic'
    title: 'Nobody has called for 6 hours'
    query: loadTextContent('no-traffic.kql')
    operator: 'LessThan'
    threshold: 1
    window: 'PT6H'
    every: 'PT1H'
    severity: 3
  }
]

resource receivers 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'questions'
    enabled: true
    emailReceivers: [
      {
        name: 'operators'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: 'alert-${rule.name}-${token}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      severity: rule.severity
      enabled: true
      scopes: [applicationInsightsId]
      windowSize: rule.window
      evaluationFrequency: rule.every
      autoMitigate: true
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: 'Value'
            timeAggregation: 'Maximum'
            operator: rule.operator
            threshold: rule.threshold
            failingPeriods: {
              minFailingPeriodsToAlert: 1
              numberOfEvaluationPeriods: 1
            }
          }
        ]
      }
      actions: { actionGroups: empty(email) ? [] : [receivers.id] }
    }
  }
]
