namespace MedTune.Evaluation;

/// <summary>What a bootstrap draws: patients where they repeat, rows otherwise.</summary>
internal static class ResamplingUnits
{
    /// <summary>Numbers the patients from 0 in the order of their first row; without patients each row is its own unit.</summary>
    public static (int[] Units, int Count) Of(int[]? groups, int rows)
    {
        int[] units = new int[rows];
        if (groups is null)
        {
            for (int row = 0; row < rows; row++)
            {
                units[row] = row;
            }
            return (units, rows);
        }
        Dictionary<int, int> numbers = [];
        for (int row = 0; row < rows; row++)
        {
            if (!numbers.TryGetValue(groups[row], out int number))
            {
                number = numbers.Count;
                numbers.Add(groups[row], number);
            }
            units[row] = number;
        }
        return (units, numbers.Count);
    }
}
