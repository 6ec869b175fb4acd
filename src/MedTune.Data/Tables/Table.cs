using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;

namespace MedTune.Data;

/// <summary>A table as read: named columns of text, and what was found while reading. Nothing is interpreted yet.</summary>
public sealed class Table
{
    private readonly FrozenDictionary<string, TableColumn> _byName;

    internal Table(ImmutableArray<TableColumn> columns, int rows, TableFormat format, ImmutableArray<Finding> findings)
    {
        Columns = columns;
        RowCount = rows;
        Format = format;
        Findings = findings;
        _byName = columns.ToFrozenDictionary(column => column.Name, StringComparer.Ordinal);
    }

    /// <summary>The columns in the order of the file.</summary>
    public ImmutableArray<TableColumn> Columns { get; }

    /// <summary>Number of data rows (the header and empty lines are not counted).</summary>
    public int RowCount { get; }

    /// <summary>How the file is written.</summary>
    public TableFormat Format { get; }

    /// <summary>What was found and done while reading.</summary>
    public ImmutableArray<Finding> Findings { get; }

    /// <summary>The names of the columns in the order of the file.</summary>
    public ImmutableArray<string> ColumnNames => [.. Columns.Select(column => column.Name)];

    /// <summary>The column of exactly this name.</summary>
    /// <exception cref="DataException">There is none; the message suggests the nearest names.</exception>
    public TableColumn this[string name] =>
        Find(name) ?? throw new DataException(NameSuggestions.UnknownColumn(name, ColumnNames));

    /// <summary>The column of exactly this name, or null.</summary>
    public TableColumn? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>A table of one row given by hand, such as one patient; decimal points.</summary>
    /// <param name="record">Texts by column name.</param>
    public static Table FromRecord(IReadOnlyDictionary<string, string> record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var columns = ImmutableArray.CreateBuilder<TableColumn>(record.Count);
        foreach (var (name, text) in record.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var builder = new ColumnBuilder(name, columns.Count);
            builder.Append(Encoding.UTF8.GetBytes(text));
            columns.Add(builder.Build());
        }

        return new Table(columns.ToImmutable(), 1, TableFormat.ByHand, []);
    }
}
