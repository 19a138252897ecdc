package io.hotpod.template;

/** An expression that a function of the language works out. */
public sealed interface FunctionCall extends Expression
    permits Expression.GetParam,
        Expression.GetResource,
        Expression.GetAttr,
        Expression.GetFile,
        Expression.Facade,
        Expression.If,
        Expression.ConditionResult,
        Expression.Call {}
