using System.Collections.Immutable;

namespace MedTune.Data;

/// <summary>Folds that the user gives: a table with the columns <c>row</c> (0-based data row of the file) and <c>fold</c>. Other columns are ignored.</summary>
/// <param name="Assignment">The folds, numbered 0, 1, 2 ... in the order of the file's fold numbers.</param>
/// <param name="FoldNumbers">The file's own number of each fold.</param>
/// <param name="Findings">What was found: patients or equal rows on two sides, rows not listed, rows that were left out of the data.</param>
public sealed record FoldFile(FoldAssignment Assignment, ImmutableArray<int> FoldNumbers, ImmutableArray<Finding> Findings)
{
    private const string Expected = "a fold file has a column 'row' (data rows from 0) and a column 'fold' (whole numbers from 0)";

    /// <summary>Reads a fold file for a dataset. The file is followed exactly, even where it tears patients or equal rows apart.</summary>
    /// <param name="path">A CSV or TSV file, plain or gzipped.</param>
    /// <param name="dataset">The data it is about.</param>
    /// <exception cref="DataException">A row is out of range or listed twice, a number is missing or not whole, there are fewer than two folds.</exception>
    public static FoldFile Read(string path, Dataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return From(TableReader.Read(path), dataset, $"The fold file '{path}'");
    }

    internal static FoldFile From(Table table, Dataset dataset, string name) => From(table, dataset.RowNumbers, dataset.Table.RowCount, FoldedRows.Of(dataset), name);

    /// <summary>Reads a fold file for rows that are no table's.</summary>
    /// <param name="path">A CSV or TSV file.</param>
    /// <param name="rowNumbers">The number of each row that is used.</param>
    /// <param name="fileRows">How many numbers there are.</param>
    /// <param name="dealt">What is dealt to the folds.</param>
    internal static FoldFile Of(string path, ImmutableArray<int> rowNumbers, int fileRows, FoldedRows dealt) => From(TableReader.Read(path), rowNumbers, fileRows, dealt, $"The fold file '{path}'");

    private static FoldFile From(Table table, IReadOnlyList<int> rowNumbers, int fileRows, FoldedRows dealt, string name)
    {
        int[] rows = WholeNumbers(table, "row", name);
        int[] folds = WholeNumbers(table, "fold", name);
        int[] positionOfRow = Positions(rowNumbers, fileRows);
        int[] numbers = [.. folds.Distinct().Order()];
        var foldOfRow = new int[rowNumbers.Count];
        Array.Fill(foldOfRow, -1);
        var lineOfRow = new int[fileRows];
        int leftOut = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] >= lineOfRow.Length)
            {
                throw new DataException($"{name} lists row {rows[i]} (its data row {i + 1}), but the data has {lineOfRow.Length} rows, numbered 0 to {lineOfRow.Length - 1}.");
            }

            if (lineOfRow[rows[i]] > 0)
            {
                throw new DataException($"{name} lists row {rows[i]} twice (its data rows {lineOfRow[rows[i]]} and {i + 1}): each row is predicted once.");
            }

            lineOfRow[rows[i]] = i + 1;
            int position = positionOfRow[rows[i]];
            if (position < 0)
            {
                leftOut++;
                continue;
            }

            foldOfRow[position] = Array.BinarySearch(numbers, folds[i]);
        }

        return Checked(foldOfRow, numbers, leftOut, dealt, name);
    }

    /// <summary>Folds whose rows have been found, after every check.</summary>
    /// <param name="foldOfRow">The place of each row's fold among the numbers, or -1.</param>
    /// <param name="numbers">The file's own numbers, rising.</param>
    /// <param name="leftOut">Rows that the file lists and that are not used.</param>
    /// <param name="rows">What is dealt to the folds.</param>
    /// <param name="name">How messages name the file.</param>
    /// <exception cref="DataException">There are fewer than two folds, one is empty, or a class is in one fold only.</exception>
    internal static FoldFile Checked(int[] foldOfRow, int[] numbers, int leftOut, FoldedRows rows, string name)
    {
        CheckFolds(foldOfRow, numbers, rows, name);
        CheckClasses(foldOfRow, numbers, rows, name);
        var assignment = new FoldAssignment(foldOfRow, numbers.Length);
        return new FoldFile(assignment, [.. numbers], FoldFindings(assignment, rows, leftOut));
    }

    /// <summary>The cells of a column as whole numbers from 0.</summary>
    /// <exception cref="DataException">The column is not there, or a cell is none.</exception>
    internal static int[] WholeNumbers(Table table, string column, string name)
    {
        if (table.Find(column) is not { } cells)
        {
            throw new DataException($"{name} has no column '{column}': {Expected}.");
        }

        double[] values = cells.ReadNumbers(MissingMarkers.Default, table.Format.DecimalMark, out _);
        return [.. values.Select((value, i) =>
        {
            if (double.IsNaN(value))
            {
                throw new DataException($"{name} has no number in the column '{column}' of its data row {i + 1}: {Expected}.");
            }

            bool isWhole = value >= 0 && value <= int.MaxValue && value == Math.Floor(value);
            return isWhole ? (int)value : throw new DataException($"{name} has no whole number from 0 in the column '{column}' of its data row {i + 1}: {Expected}.");
        })];
    }

    private static int[] Positions(IReadOnlyList<int> rowNumbers, int fileRows)
    {
        var positions = new int[fileRows];
        Array.Fill(positions, -1);
        for (int i = 0; i < rowNumbers.Count; i++)
        {
            positions[rowNumbers[i]] = i;
        }

        return positions;
    }

    private static void CheckFolds(int[] foldOfRow, int[] numbers, FoldedRows rows, string name)
    {
        if (numbers.Length < 2)
        {
            throw new DataException($"{name} has one fold only: at least two are needed, so that each is predicted from the others.");
        }

        var sizes = new int[numbers.Length];
        foreach (int fold in foldOfRow)
        {
            if (fold >= 0)
            {
                sizes[fold]++;
            }
        }

        int empty = Array.IndexOf(sizes, 0);
        if (empty >= 0)
        {
            throw new DataException($"{name} puts only {rows.Noun} without a known target into fold {numbers[empty]}: leave the fold out, or give these rows a target.");
        }
    }

    // What is trained on all folds but one must have met every class.
    private static void CheckClasses(int[] foldOfRow, int[] numbers, FoldedRows rows, string name)
    {
        for (int category = 0; category < rows.ClassNames.Length; category++)
        {
            int only = -1;
            bool isSpread = false;
            for (int row = 0; row < foldOfRow.Length; row++)
            {
                if (foldOfRow[row] >= 0 && rows.IsOf(row, category))
                {
                    isSpread |= only >= 0 && only != foldOfRow[row];
                    only = foldOfRow[row];
                }
            }

            if (!isSpread)
            {
                throw new DataException(only < 0
                    ? $"{name} lists no {rows.Noun[..^1]} of the class '{rows.ClassNames[category]}': give each class to at least two folds."
                    : $"{name} gives all {rows.Noun} of the class '{rows.ClassNames[category]}' to fold {numbers[only]}: give each class to at least two folds, so that each is predicted from the others.");
            }
        }
    }

    private static ImmutableArray<Finding> FoldFindings(FoldAssignment assignment, FoldedRows rows, int leftOut)
    {
        var findings = ImmutableArray.CreateBuilder<Finding>();
        if (leftOut > 0)
        {
            findings.Add(new Finding(FindingCodes.FoldsRowsLeftOut, FindingSeverity.Warning, null, leftOut,
                $"The fold file lists {leftOut} {rows.Noun} that are not used ({rows.WhyUnused}).",
                $"These {rows.Noun} are neither trained on nor predicted."));
        }

        int notListed = assignment.FoldOfRow.Count(fold => fold < 0);
        if (notListed > 0)
        {
            findings.Add(new Finding(FindingCodes.FoldsRowsNotListed, FindingSeverity.Note, null, notListed,
                $"The fold file does not list {notListed} {rows.Noun}.", $"They are not predicted, and no fold trains on them; the final model is fitted on all {rows.Noun}."));
        }

        if (rows.Patients is { } patients && Torn(assignment, patients) is > 0 and int tornPatients)
        {
            findings.Add(new Finding(FindingCodes.FoldsSplitPatients, FindingSeverity.Warning, null, tornPatients,
                $"The fold file puts {rows.Noun} of {tornPatients} patients into different folds.",
                "Followed the file; the figures are too good, because the model has met these patients."));
        }

        if (Torn(assignment, rows.EqualRows) is > 0 and int tornRows)
        {
            findings.Add(new Finding(FindingCodes.FoldsSplitDuplicates, FindingSeverity.Warning, null, tornRows,
                $"The fold file puts equal {rows.Noun} into different folds ({tornRows} {(tornRows == 1 ? "set" : "sets")} of equal {rows.Noun}).",
                "Followed the file; the figures can be a little too good."));
        }

        return findings.ToImmutable();
    }

    private static int Torn(FoldAssignment assignment, int[] groups)
    {
        var foldOfGroup = new Dictionary<int, int>();
        var torn = new HashSet<int>();
        for (int row = 0; row < groups.Length; row++)
        {
            int fold = assignment.FoldOfRow[row];
            if (fold >= 0 && !foldOfGroup.TryAdd(groups[row], fold) && foldOfGroup[groups[row]] != fold)
            {
                torn.Add(groups[row]);
            }
        }

        return torn.Count;
    }
}
