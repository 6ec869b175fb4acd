namespace MedTune.Data.Images;

/// <summary>Keeps the volumes read last: the slices of one are asked for one after the other, and a packed volume is unpacked as a whole.</summary>
/// <remarks>Safe for several threads.</remarks>
internal sealed class VolumeCache
{
    private const int Most = 16;
    private const long MostBytes = 1L << 30;

    private readonly List<(string File, Lazy<NiftiVolume> Volume)> _recent = [];

    /// <summary>The volume of a file.</summary>
    /// <exception cref="DataException">The file is damaged or too large.</exception>
    public NiftiVolume Of(string file)
    {
        Lazy<NiftiVolume> wanted;
        lock (_recent)
        {
            int place = _recent.FindIndex(kept => kept.File == file);
            wanted = place >= 0 ? _recent[place].Volume : new Lazy<NiftiVolume>(() => NiftiVolume.Open(file));
            if (place >= 0)
            {
                _recent.RemoveAt(place);
            }

            _recent.Add((file, wanted));
            while (_recent.Count > Most || (_recent.Count > 1 && Bytes() > MostBytes))
            {
                _recent.RemoveAt(0);
            }
        }

        return wanted.Value;
    }

    private long Bytes() => _recent.Sum(kept => kept.Volume.IsValueCreated ? kept.Volume.Value.Bytes : 0);
}
