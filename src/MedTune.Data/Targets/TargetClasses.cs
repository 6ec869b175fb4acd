using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace MedTune.Data;

/// <summary>Applies a target rule to a table: which class each row has.</summary>
internal sealed class TargetClasses
{
    /// <summary>The most classes.</summary>
    public const int MaximumClasses = 20;

    private readonly TargetRule _rule;
    private readonly DatasetOptions _options;
    private readonly TextCensus _census;
    private readonly TargetDecision _decision;

    private TargetClasses(TargetRule rule, DatasetOptions options, TextCensus census)
    {
        _rule = rule;
        _options = options;
        _census = census;
        _decision = new TargetDecision(rule, census);
    }

    /// <summary>Reads the target as the options say.</summary>
    /// <exception cref="DataException">There is nothing to learn from it, or it is ambiguous.</exception>
    public static AppliedTarget Apply(Table table, DatasetOptions options, MissingMarkers missing)
    {
        TargetRule rule = TargetRule.Parse(options.Target!, table.ColumnNames);
        int[] all = [.. Enumerable.Range(0, table.RowCount)];
        var census = new TextCensus(table[rule.Column], all, missing, table.Format.DecimalMark);
        if (census.Values + census.PossiblyMissing == 0)
        {
            throw new DataException($"The target column '{rule.Column}' has no value in any row: give the column that holds the outcome.");
        }

        var classes = new TargetClasses(rule, options, census);
        if (rule.IsRule)
        {
            return classes.ByRule();
        }

        if (options.Positive is { } positive && options.ClassNames.IsEmpty && classes.Levels().Count > 2)
        {
            // One class against all others.
            classes = new TargetClasses(new TargetRule(rule.Column, TargetOperator.Equal, [positive.Trim()]), options with { Positive = null }, census);
            return classes.ByRule();
        }

        return classes.ByLevels();
    }

    private AppliedTarget ByRule()
    {
        if (_options.Positive is not null)
        {
            throw new DataException($"The rule '{_rule.Text}' already says which rows are positive: leave --positive out.");
        }

        if (!_options.ClassNames.IsEmpty && _options.ClassNames.Length != 2)
        {
            throw new DataException($"The rule '{_rule.Text}' makes two classes, but {_options.ClassNames.Length} are expected.");
        }

        if (_rule.Operator is TargetOperator.Equal or TargetOperator.NotEqual or TargetOperator.In && _options.ClassNames.IsEmpty)
        {
            CheckValuesOccur();
        }

        var classOfCode = new int[_census.Counts.Length];
        for (int code = 0; code < classOfCode.Length; code++)
        {
            classOfCode[code] = _decision.ClassOf(code);
        }

        return Finish(classOfCode, _options.ClassNames.IsEmpty ? [_rule.ComplementText, _rule.Text] : _options.ClassNames, null);
    }

    private void CheckValuesOccur()
    {
        foreach (string value in _rule.Values)
        {
            bool occurs = false;
            for (int code = 0; code < _census.Counts.Length && !occurs; code++)
            {
                occurs = !_decision.IsMissing(code) && _decision.Agrees(code, value);
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
        return levels.Count > MaximumClasses || IsLikeIdentifier(levels) ? "" : $"; its values are {string.Join(", ", levels.Select(level => $"'{level.Level}'"))}";
    }

    // Texts that hardly repeat can be names or numbers of people, and are not to be shown.
    private static bool IsLikeIdentifier(List<LevelCount> levels) =>
        levels.Count >= 5 && double.IsNaN(levels[0].Number) && 2L * levels.Count > levels.Sum(level => (long)level.Count);

    private List<LevelCount> Levels()
    {
        var counts = new Dictionary<string, (double Number, int Count)>(StringComparer.Ordinal);
        for (int code = 0; code < _census.Counts.Length; code++)
        {
            if (!_decision.IsMissing(code))
            {
                string level = LevelOf(code);
                double number = _decision.IsNumeric ? _census.NumberOf(code).Value : double.NaN;
                counts[level] = (number, counts.GetValueOrDefault(level).Count + _census.Counts[code]);
            }
        }

        var levels = counts.Select(pair => new LevelCount(pair.Key, pair.Value.Number, pair.Value.Count)).ToList();
        levels.Sort(TypedColumn.CompareLevels);
        return levels;
    }

    private string LevelOf(int code) =>
        _decision.IsNumeric ? _census.NumberOf(code).Value.ToString("R", CultureInfo.InvariantCulture) : _census.Column.TextOf(code);

    private AppliedTarget ByLevels()
    {
        List<LevelCount> levels = Levels();
        if (_options.ClassNames.IsEmpty)
        {
            CheckLevels(levels);
        }

        (ImmutableArray<string> names, (string Why, bool IsCertain)? positive) = NameClasses(levels);
        var classOfCode = new int[_census.Counts.Length];
        for (int code = 0; code < classOfCode.Length; code++)
        {
            classOfCode[code] = _decision.IsMissing(code) ? -1 : names.IndexOf(LevelOf(code));
            if (!_decision.IsMissing(code) && classOfCode[code] < 0)
            {
                throw new DataException(
                    $"The target column '{_rule.Column}' holds a value that is none of the expected classes ({string.Join(", ", names)}): give a target rule.");
            }
        }

        return Finish(classOfCode, names, positive);
    }

    private void CheckLevels(List<LevelCount> levels)
    {
        if (levels.Count < 2)
        {
            throw new DataException($"Every row has the same target: the column '{_rule.Column}' has one value only, so there is nothing to tell apart.");
        }

        if (IsLikeIdentifier(levels))
        {
            throw new DataException(
                $"The target column '{_rule.Column}' has {levels.Count} distinct texts in {levels.Sum(level => level.Count)} rows, like an identifier: give the column that holds the outcome, or write a rule.");
        }

        bool isWhole = _decision.IsNumeric && levels.TrueForAll(level => level.Number == Math.Floor(level.Number));
        if (_decision.IsNumeric && (levels.Count > MaximumClasses || (!isWhole && levels.Count > 2)))
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
        long half = (levels.Sum(level => (long)level.Count) + 1) / 2;
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

    private (ImmutableArray<string> Names, (string Why, bool IsCertain)? Positive) NameClasses(List<LevelCount> levels)
    {
        if (!_options.ClassNames.IsEmpty)
        {
            return (_options.ClassNames, null);
        }

        if (levels.Count != 2)
        {
            return ([.. levels.Select(level => level.Level)], null);
        }

        if (_options.Positive is { } stated)
        {
            int index = IndexOf(levels, stated);
            return ([levels[1 - index].Level, levels[index].Level], null);
        }

        (int positive, string why, bool isCertain) = PositiveClass.Choose(levels[0], levels[1]);
        return ([levels[1 - positive].Level, levels[positive].Level], (why, isCertain));
    }

    private int IndexOf(List<LevelCount> levels, string stated)
    {
        double number = NumberText.TryParse(Encoding.UTF8.GetBytes(stated.Trim()), '.', out NumberText parsed) && parsed.IsPlain ? parsed.Value : double.NaN;
        int index = levels.FindIndex(level => level.Level == stated || level.Level == stated.Trim() || level.Number == number);
        return index >= 0
            ? index
            : throw new DataException($"No row of the target column '{_rule.Column}' has the value '{stated}' given as --positive{Among()}.");
    }

    private AppliedTarget Finish(int[] classOfCode, ImmutableArray<string> names, (string Why, bool IsCertain)? positive)
    {
        ReadOnlySpan<int> codes = _census.Column.Codes;
        var classOfRow = new int[codes.Length];
        var counts = new int[names.Length];
        int known = 0;
        for (int row = 0; row < classOfRow.Length; row++)
        {
            int found = classOfCode[codes[row]];
            classOfRow[row] = found;
            if (found >= 0)
            {
                counts[found]++;
                known++;
            }
        }

        if (known == 0)
        {
            throw new DataException($"The target '{_rule.Text}' is not known in any row: give the column that holds the outcome.");
        }

        // A model's classes are given: data of another hospital may lack one.
        int single = Array.IndexOf(counts, known);
        if (single >= 0 && _options.ClassNames.IsEmpty)
        {
            throw new DataException($"Every row has the same target, '{names[single]}' ({known} rows): there is nothing to tell apart.");
        }

        ImmutableArray<Finding> findings = TargetFindings.Of(_rule, _decision, names, counts, classOfRow.Length - known, positive);
        return new AppliedTarget(_rule, classOfRow, names, findings);
    }
}
