using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MedTune.Data;

/// <summary>Applies a target rule to a table: which class each row has.</summary>
internal sealed class TargetClasses
{
    /// <summary>The most classes.</summary>
    public const int MaximumClasses = 20;

    private const int RareRows = 10;

    private readonly TargetRule _rule;
    private readonly TextCensus _census;
    private readonly List<Finding> _findings = [];
    private readonly bool _isNumeric;

    private TargetClasses(Table table, TargetRule rule, MissingMarkers missing)
    {
        _rule = rule;
        int[] all = [.. Enumerable.Range(0, table.RowCount)];
        _census = new TextCensus(table[rule.Column], all, missing, table.Format.DecimalMark);
        _isNumeric = _census.Numbers > 0 && _census.Texts == 0 && _census.BeyondLimit == 0 && !_census.HasMixedUnits;
    }

    /// <summary>Reads the target as the options say.</summary>
    /// <exception cref="DataException">There is nothing to learn from it, or it is ambiguous.</exception>
    public static AppliedTarget Apply(Table table, DatasetOptions options, MissingMarkers missing)
    {
        TargetRule rule = TargetRule.Parse(options.Target!, table.ColumnNames);
        var classes = new TargetClasses(table, rule, missing);
        if (classes._census.Values + (classes._isNumeric ? 0 : classes._census.PossiblyMissing) == 0)
        {
            throw new DataException($"The target column '{rule.Column}' has no value in any row: give the column that holds the outcome.");
        }

        if (!rule.IsRule && options.Positive is { } positive && options.ClassNames.IsEmpty && classes.Levels().Count > 2)
        {
            // One class against all others.
            classes = new TargetClasses(table, new TargetRule(rule.Column, TargetOperator.Equal, [positive]), missing);
            return classes.ByRule(options with { Positive = null });
        }

        return rule.IsRule ? classes.ByRule(options) : classes.ByLevels(options);
    }

    private AppliedTarget ByRule(DatasetOptions options)
    {
        if (options.Positive is not null)
        {
            throw new DataException($"The rule '{_rule.Text}' already says which rows are positive: leave --positive out.");
        }

        if (!options.ClassNames.IsEmpty && options.ClassNames.Length != 2)
        {
            throw new DataException($"The rule '{_rule.Text}' makes two classes, but {options.ClassNames.Length} are expected.");
        }

        var classOfCode = new int[_census.Counts.Length];
        Func<int, int> decide = Decision();
        for (int code = 0; code < classOfCode.Length; code++)
        {
            classOfCode[code] = IsMissing(code) ? -1 : decide(code);
        }

        ImmutableArray<string> names = options.ClassNames.IsEmpty ? [_rule.ComplementText, _rule.Text] : options.ClassNames;
        return Finish(classOfCode, names, options, "the rule says so", isCertain: true);
    }

    private bool IsMissing(int code) => _census.Kinds[code] switch
    {
        TextKind.Missing => true,
        TextKind.PossiblyMissing => _isNumeric || IsOrder(),
        _ => false,
    };

    private bool IsOrder() => _rule.Operator is TargetOperator.Greater or TargetOperator.GreaterOrEqual or TargetOperator.Less or TargetOperator.LessOrEqual;

    private Func<int, int> Decision()
    {
        if (IsOrder())
        {
            return Order();
        }

        if (_rule.Operator == TargetOperator.Matches)
        {
            Regex regex = UserRegex.Compile(_rule.Values[0]);
            return code => UserRegex.Match(regex, _census.Column.TextOf(code)).Success ? 1 : 0;
        }

        if (_rule.Operator == TargetOperator.Contains)
        {
            return code =>
            {
                string text = _census.Column.TextOf(code);
                return _rule.Values.Any(value => text.Contains(value, StringComparison.Ordinal)) ? 1 : 0;
            };
        }

        CheckValuesOccur();
        int equal = _rule.Operator == TargetOperator.NotEqual ? 0 : 1;
        return code => _rule.Values.Any(value => Agrees(code, value)) ? equal : 1 - equal;
    }

    private Func<int, int> Order()
    {
        NumberText.TryParse(Encoding.UTF8.GetBytes(_rule.Values[0]), '.', out NumberText limit);
        if (_census.Numbers == 0 || 2L * _census.Numbers < _census.Values)
        {
            throw new DataException($"The rule '{_rule.Text}' compares numbers, but the column '{_rule.Column}' holds texts: use = or in.");
        }

        int texts = _census.Texts + _census.BeyondLimit;
        if (texts > 0)
        {
            _findings.Add(new Finding(FindingCodes.NotANumber, FindingSeverity.Warning, _rule.Column, texts,
                $"{texts} rows have a target that is no plain number.", "Left these rows out: the rule compares numbers."));
        }

        return code =>
        {
            if (_census.Kinds[code] != TextKind.Number || _census.NumberOf(code).Form == NumberForm.BeyondLimit)
            {
                return -1;
            }

            double value = _census.NumberOf(code).Value;
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

    // "0" in a rule is also "0.0" in the data.
    private bool Agrees(int code, string value)
    {
        if (_census.Column.TextOf(code) == value)
        {
            return true;
        }

        return _census.Kinds[code] == TextKind.Number && NumberText.TryParse(Encoding.UTF8.GetBytes(value), '.', out NumberText number)
            && number.IsPlain && _census.NumberOf(code).Form != NumberForm.BeyondLimit && _census.NumberOf(code).Value == number.Value;
    }

    private void CheckValuesOccur()
    {
        foreach (string value in _rule.Values)
        {
            bool occurs = false;
            for (int code = 0; code < _census.Counts.Length && !occurs; code++)
            {
                occurs = !IsMissing(code) && Agrees(code, value);
            }

            if (!occurs)
            {
                throw new DataException($"No row of the target column '{_rule.Column}' has the value '{value}'{Among()}.");
            }
        }
    }

    private string Among()
    {
        List<LevelCount> levels = Levels();
        return levels.Count > MaximumClasses ? "" : $"; its values are {string.Join(", ", levels.Select(level => $"'{level.Level}'"))}";
    }

    private List<LevelCount> Levels()
    {
        var counts = new Dictionary<string, (double Number, int Count)>(StringComparer.Ordinal);
        for (int code = 0; code < _census.Counts.Length; code++)
        {
            if (!IsMissing(code))
            {
                string level = LevelOf(code);
                double number = _isNumeric ? _census.NumberOf(code).Value : double.NaN;
                counts[level] = (number, counts.GetValueOrDefault(level).Count + _census.Counts[code]);
            }
        }

        var levels = counts.Select(pair => new LevelCount(pair.Key, pair.Value.Number, pair.Value.Count)).ToList();
        levels.Sort(TypedColumn.CompareLevels);
        return levels;
    }

    private string LevelOf(int code) =>
        _isNumeric ? _census.NumberOf(code).Value.ToString("R", CultureInfo.InvariantCulture) : _census.Column.TextOf(code);

    private AppliedTarget ByLevels(DatasetOptions options)
    {
        List<LevelCount> levels = Levels();
        if (options.ClassNames.IsEmpty)
        {
            CheckLevels(levels);
        }

        (ImmutableArray<string> names, string why, bool isCertain) = NameClasses(levels, options);
        var classOfCode = new int[_census.Counts.Length];
        for (int code = 0; code < classOfCode.Length; code++)
        {
            classOfCode[code] = IsMissing(code) ? -1 : names.IndexOf(LevelOf(code));
            if (!IsMissing(code) && classOfCode[code] < 0)
            {
                throw new DataException(
                    $"The target column '{_rule.Column}' holds a value that is none of the expected classes ({string.Join(", ", names)}): give a target rule.");
            }
        }

        return Finish(classOfCode, names, options, why, isCertain);
    }

    private void CheckLevels(List<LevelCount> levels)
    {
        if (levels.Count < 2)
        {
            throw new DataException($"Every row has the same target: the column '{_rule.Column}' has one value only, so there is nothing to tell apart.");
        }

        bool isWhole = _isNumeric && levels.TrueForAll(level => level.Number == Math.Floor(level.Number));
        if (_isNumeric && (levels.Count > MaximumClasses || (!isWhole && levels.Count > 2)))
        {
            string middle = Median(levels).ToString("R", CultureInfo.InvariantCulture);
            throw new DataException(
                $"The target column '{_rule.Column}' is a measurement with {levels.Count} distinct values: write a rule that names the positive rows, such as --target '{_rule.Column}>{middle}' ({middle} is the median).");
        }

        if (levels.Count > MaximumClasses)
        {
            throw new DataException(
                $"The target column '{_rule.Column}' has {levels.Count} distinct texts; at most {MaximumClasses} classes are possible: write a rule such as --target \"{_rule.Column} in 'a','b'\" or --target \"{_rule.Column} contains 'a'\".");
        }
    }

    private static double Median(List<LevelCount> levels)
    {
        int half = (levels.Sum(level => level.Count) + 1) / 2;
        foreach (LevelCount level in levels)
        {
            half -= level.Count;
            if (half <= 0)
            {
                return level.Number;
            }
        }

        return levels[^1].Number;
    }

    private (ImmutableArray<string> Names, string Why, bool IsCertain) NameClasses(List<LevelCount> levels, DatasetOptions options)
    {
        if (!options.ClassNames.IsEmpty)
        {
            return (options.ClassNames, "stated", true);
        }

        if (levels.Count != 2)
        {
            return ([.. levels.Select(level => level.Level)], "", true);
        }

        (int positive, string why, bool isCertain) = options.Positive is { } stated
            ? (IndexOf(levels, stated), "stated", true)
            : PositiveClass.Choose(levels[0], levels[1]);
        return ([levels[1 - positive].Level, levels[positive].Level], why, isCertain);
    }

    private int IndexOf(List<LevelCount> levels, string stated)
    {
        double number = NumberText.TryParse(Encoding.UTF8.GetBytes(stated.Trim()), '.', out NumberText parsed) && parsed.IsPlain ? parsed.Value : double.NaN;
        int index = levels.FindIndex(level => level.Level == stated || level.Level == stated.Trim() || level.Number == number);
        return index >= 0
            ? index
            : throw new DataException($"No row of the target column '{_rule.Column}' has the value '{stated}' given as --positive{Among()}.");
    }

    private AppliedTarget Finish(int[] classOfCode, ImmutableArray<string> names, DatasetOptions options, string why, bool isCertain)
    {
        ReadOnlySpan<int> codes = _census.Column.Codes;
        var classOfRow = new int[codes.Length];
        var counts = new int[names.Length];
        int left = 0;
        for (int row = 0; row < classOfRow.Length; row++)
        {
            classOfRow[row] = classOfCode[codes[row]];
            if (classOfRow[row] < 0)
            {
                left++;
            }
            else
            {
                counts[classOfRow[row]]++;
            }
        }

        CheckClasses(counts, names, options);
        AddFindings(counts, names, left, why, isCertain);
        return new AppliedTarget(_rule, classOfRow, names, [.. _findings]);
    }

    private void CheckClasses(int[] counts, ImmutableArray<string> names, DatasetOptions options)
    {
        int known = counts.Sum();
        if (known == 0)
        {
            throw new DataException($"The target '{_rule.Text}' is not known in any row: give the column that holds the outcome.");
        }

        // A model's classes are given: data of another hospital may lack one.
        int single = Array.FindIndex(counts, count => count == known);
        if (single >= 0 && options.ClassNames.IsEmpty)
        {
            throw new DataException($"Every row has the same target, '{names[single]}' ({known} rows): there is nothing to tell apart.");
        }
    }

    private void AddFindings(int[] counts, ImmutableArray<string> names, int left, string why, bool isCertain)
    {
        string list = string.Join(", ", names.Select((name, i) => $"'{name}' {counts[i]}"));
        _findings.Add(new Finding(FindingCodes.Target, FindingSeverity.Note, _rule.Column, counts.Sum(),
            $"The target is '{_rule.Text}' with {names.Length} classes: {list}.",
            names.Length == 2 ? $"Predicts the probability of '{names[1]}'." : "Predicts the probability of each class."));
        if (names.Length == 2 && why.Length > 0 && !_rule.IsRule && why != "stated")
        {
            _findings.Add(new Finding(FindingCodes.PositiveClass, isCertain ? FindingSeverity.Note : FindingSeverity.Warning, _rule.Column, counts[1],
                $"The positive class is '{names[1]}': {why}.", $"If it is the other one, add --positive '{names[0]}'."));
        }

        if (left > 0)
        {
            _findings.Add(new Finding(FindingCodes.TargetMissing, FindingSeverity.Warning, _rule.Column, left,
                $"{left} of {left + counts.Sum()} rows have no known target.", "Left these rows out."));
        }

        AddDashes();
        for (int i = 0; i < counts.Length; i++)
        {
            if (counts[i] < RareRows)
            {
                _findings.Add(new Finding(FindingCodes.RareClass, FindingSeverity.Warning, _rule.Column, counts[i],
                    $"The class '{names[i]}' has {counts[i]} rows.", "Kept; figures about this class will be very uncertain."));
            }
        }
    }

    private void AddDashes()
    {
        if (_census.PossiblyMissing > 0 && !_isNumeric && !IsOrder())
        {
            _findings.Add(new Finding(FindingCodes.PossibleMissingMarker, FindingSeverity.Warning, _rule.Column, _census.PossiblyMissing,
                $"{_census.PossiblyMissing} rows have a target of '-' or the like.",
                "Kept as a value; if it means that the target is not known, name it with --missing."));
        }
    }
}
