using System.Text;
using System.Text.RegularExpressions;

namespace MedTune.Data;

/// <summary>Decides for each distinct text of the target column whether it is missing and whether the rule names it.</summary>
internal sealed class TargetDecision
{
    private readonly TargetRule _rule;
    private readonly Func<int, int> _decide;

    /// <summary>Prepares the decision.</summary>
    /// <exception cref="DataException">The rule compares numbers, but the column holds texts.</exception>
    public TargetDecision(TargetRule rule, TextCensus census)
    {
        _rule = rule;
        Census = census;
        IsNumeric = census.Numbers > 0 && census.Texts == 0 && census.BeyondLimit == 0 && !census.HasMixedUnits;
        _decide = Decision();
    }

    /// <summary>The target column's texts.</summary>
    public TextCensus Census { get; }

    /// <summary>Whether every known value is a plain number.</summary>
    public bool IsNumeric { get; }

    /// <summary>Whether the rule compares numbers by size.</summary>
    public bool IsOrder =>
        _rule.Operator is TargetOperator.Greater or TargetOperator.GreaterOrEqual or TargetOperator.Less or TargetOperator.LessOrEqual;

    /// <summary>1 where the rule names a text, 0 where it does not, -1 where the target is not known.</summary>
    public int ClassOf(int code) => IsMissing(code) ? -1 : _decide(code);

    /// <summary>Whether a text means that the target is not known. A dash can be a class, unless numbers are compared.</summary>
    public bool IsMissing(int code) => Census.Kinds[code] switch
    {
        TextKind.Missing => true,
        TextKind.PossiblyMissing => IsNumeric || IsOrder,
        _ => false,
    };

    /// <summary>Whether a text is this value; <c>0</c> in a rule is also <c>0.0</c> in the data.</summary>
    public bool Agrees(int code, string value)
    {
        if (Census.Column.TextOf(code) == value)
        {
            return true;
        }

        return Census.Kinds[code] == TextKind.Number && NumberText.TryParse(Encoding.UTF8.GetBytes(value), '.', out NumberText number)
            && number.IsPlain && Census.NumberOf(code).Form != NumberForm.BeyondLimit && Census.NumberOf(code).Value == number.Value;
    }

    private Func<int, int> Decision()
    {
        switch (_rule.Operator)
        {
            case TargetOperator.Levels:
                return _ => 0;
            case TargetOperator.Matches:
                Regex regex = UserRegex.Compile(_rule.Values[0]);
                return code => UserRegex.Match(regex, Census.Column.TextOf(code)).Success ? 1 : 0;
            case TargetOperator.Contains:
                return code =>
                {
                    string text = Census.Column.TextOf(code);
                    return _rule.Values.Any(value => text.Contains(value, StringComparison.Ordinal)) ? 1 : 0;
                };
            case TargetOperator.Equal or TargetOperator.In:
                return code => _rule.Values.Any(value => Agrees(code, value)) ? 1 : 0;
            case TargetOperator.NotEqual:
                return code => Agrees(code, _rule.Values[0]) ? 0 : 1;
            default:
                return Order();
        }
    }

    private Func<int, int> Order()
    {
        NumberText.TryParse(Encoding.UTF8.GetBytes(_rule.Values[0]), '.', out NumberText limit);
        if (Census.Values > 0 && 2L * Census.Numbers < Census.Values)
        {
            throw new DataException($"The rule '{_rule.Text}' compares numbers, but the column '{_rule.Column}' holds texts: use = or in.");
        }

        return code =>
        {
            if (Census.Kinds[code] != TextKind.Number || Census.NumberOf(code).Form == NumberForm.BeyondLimit)
            {
                return -1;
            }

            double value = Census.NumberOf(code).Value;
            bool isPositive = _rule.Operator switch
            {
                TargetOperator.Greater => value > limit.Value,
                TargetOperator.GreaterOrEqual => value >= limit.Value,
                TargetOperator.Less => value < limit.Value,
                _ => value <= limit.Value,
            };
            return isPositive ? 1 : 0;
        };
    }
}
