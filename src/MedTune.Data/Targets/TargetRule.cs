using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>What is predicted: a column, or a rule on one such as <c>num>0</c> or <c>Category in 'a','b'</c>.</summary>
public sealed record TargetRule
{
    internal TargetRule(string column, TargetOperator op, ImmutableArray<string> values)
    {
        Column = column;
        Operator = op;
        Values = values;
    }

    /// <summary>The column it looks at.</summary>
    public string Column { get; }

    /// <summary>How it decides.</summary>
    public TargetOperator Operator { get; }

    /// <summary>What it compares with: one value for comparisons and <c>matches</c>, several for <c>in</c> and <c>contains</c>, none for levels.</summary>
    public ImmutableArray<string> Values { get; }

    /// <summary>Whether it names rows as positive by a comparison, instead of taking the column's levels as classes.</summary>
    public bool IsRule => Operator != TargetOperator.Levels;

    /// <summary>The rule in its standard form; for a column alone, its name.</summary>
    public string Text => Operator switch
    {
        TargetOperator.Levels => Column,
        TargetOperator.In => $"{Column} in {Quoted()}",
        TargetOperator.Contains => $"{Column} contains {Quoted()}",
        TargetOperator.Matches => $"{Column} matches {Values[0]}",
        _ => $"{Column}{Sign(Operator)}{Plain(Values[0])}",
    };

    /// <summary>The name of the class of rows that the rule does not name.</summary>
    public string ComplementText => Operator switch
    {
        TargetOperator.Greater => Column + "<=" + Values[0],
        TargetOperator.GreaterOrEqual => Column + "<" + Values[0],
        TargetOperator.Less => Column + ">=" + Values[0],
        TargetOperator.LessOrEqual => Column + ">" + Values[0],
        TargetOperator.Equal => Column + "!=" + Plain(Values[0]),
        TargetOperator.NotEqual => Column + "=" + Plain(Values[0]),
        _ => "not " + Text,
    };

    /// <summary>Reads the text of <c>--target</c>.</summary>
    /// <param name="text">A column, <c>col>0</c> (also &gt;= &lt; &lt;= = !=), <c>col in 'a','b'</c>, <c>col contains 'E','F'</c>, <c>col matches REGEX</c>.
    /// A text that is exactly a column's name is that column, whatever signs it holds.</param>
    /// <param name="columns">The table's columns.</param>
    /// <exception cref="DataException">There is no such column (near names are suggested), or the rule cannot be read.</exception>
    public static TargetRule Parse(string text, ImmutableArray<string> columns) => new TargetRuleParser(columns).Parse(text);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static string Sign(TargetOperator op) => op switch
    {
        TargetOperator.Greater => ">",
        TargetOperator.GreaterOrEqual => ">=",
        TargetOperator.Less => "<",
        TargetOperator.LessOrEqual => "<=",
        TargetOperator.Equal => "=",
        _ => "!=",
    };

    private string Quoted() => string.Join(",", Values.Select(Quote));

    private static string Quote(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    // Quoted only where the rule could not be read again otherwise.
    private static string Plain(string value) =>
        value.Length > 0 && value.All(c => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '+') ? value : Quote(value);
}
