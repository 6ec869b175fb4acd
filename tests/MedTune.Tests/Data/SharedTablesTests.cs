using System.Globalization;
using MedTune.Data;
using Xunit.Abstractions;

namespace MedTune.Tests.Data;

/// <summary>All fifteen real tables: rows, positives, labels row by row, groups, duplicates. They pass, saying so, where the tables are absent.</summary>
public sealed class SharedTablesTests(ITestOutputHelper output)
{
    // Name, rows, columns, positives, patients (0 = no column says) as the tables' README has them; rows equal to an earlier row in all
    // features and the target as counted by tests/TestData/Data/duplicates.py.
    public static TheoryData<string, int, int, int, int, int> Counts => new()
    {
        { "heart_cleveland", 303, 14, 139, 0, 0 },
        { "heart_hungarian", 294, 14, 106, 0, 1 },
        { "heart_switzerland", 123, 14, 115, 0, 0 },
        { "heart_va", 200, 14, 149, 0, 1 },
        { "heart_failure", 299, 13, 96, 0, 0 },
        { "ckd", 400, 25, 250, 0, 0 },
        { "ilpd", 583, 11, 416, 0, 13 },
        { "cervical", 858, 36, 55, 0, 26 },
        { "diabetes130", 101766, 50, 11357, 71518, 0 },
        { "thyroid0387", 9172, 31, 667, 0, 10 },
        { "hepatitis", 155, 20, 32, 0, 0 },
        { "support2", 9105, 48, 2360, 0, 0 },
        { "parkinsons", 195, 24, 147, 32, 0 },
        { "hcv", 615, 14, 75, 0, 0 },
        { "mammographic", 961, 6, 445, 0, 353 },
    };

    [Theory]
    [MemberData(nameof(Counts))]
    public void From_RealTable_AgreesWithItsDescription(string name, int rows, int columns, int positives, int patients, int duplicates)
    {
        if (SharedTables.Task(name) is not { } task)
        {
            output.WriteLine("Left out: shared/data is absent.");
            return;
        }

        var watch = System.Diagnostics.Stopwatch.StartNew();
        Table table = TableReader.Read(task.File);
        long read = watch.ElapsedMilliseconds;
        Dataset dataset = Dataset.From(table, task.Options);
        output.WriteLine($"{name}: read {read} ms, prepared {watch.ElapsedMilliseconds - read} ms, {dataset.Table.Format}");
        foreach (ColumnProfile profile in dataset.Profiles)
        {
            output.WriteLine($"  {profile.Name}: {profile.Kind}, {profile.Role}, {profile.WhyKind}, missing {profile.Missing}, distinct {profile.Distinct}");
        }

        foreach (Finding finding in dataset.Findings)
        {
            output.WriteLine($"  {finding}");
        }

        Assert.Equal(rows, table.RowCount);
        Assert.Equal(columns, table.Columns.Length);
        Assert.Equal(rows, dataset.RowCount);
        Assert.Equal(positives, dataset.Target.Sum());
        Assert.Equal(patients == 0 ? null : patients, dataset.PatientCount);
        Assert.Equal(columns, dataset.Profiles.Length);
        Assert.Equal(duplicates, dataset.Summarize().DuplicateRows);
        Assert.DoesNotContain(dataset.Findings, finding => finding.Severity == FindingSeverity.Stop);

        FoldFile folds = FoldFile.Read(task.Folds, dataset);
        Assert.Equal(5, folds.Assignment.Folds);
        Assert.DoesNotContain(-1, folds.Assignment.FoldOfRow);
        Table labels = TableReader.Read(task.Folds);
        TableColumn label = labels["label"];
        Assert.Equal(dataset.Target.Select(target => target.ToString(CultureInfo.InvariantCulture)), Enumerable.Range(0, rows).Select(row => label[row]));
        output.WriteLine(string.Join("\n  ", folds.Findings));
    }
}
